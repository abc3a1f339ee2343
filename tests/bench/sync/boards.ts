import type { ServerName } from './dialects.ts';
import type { Row } from './figures.ts';
import type { Plan } from './plan.ts';
import type { ServerSetting } from './servers.ts';
import { runPhases, setStage } from './stage.ts';

const boards = 30;
const peopleEach = 20;

/** The tables of a hall, each at its own board. */
export async function manyBoards(name: ServerName, plan: Plan, setting: ServerSetting): Promise<Row> {
	await using stage = await setStage(name, { kind: 'board', documents: boards, peopleEach }, setting);
	await stage.load.call('grow', { size: peopleEach, replicas: 1 });
	await stage.load.call('employ');
	return await runPhases(`${String(boards)}x${String(peopleEach)}`, stage, plan);
}
