import type { RecordedHall } from './hall.ts';

/** Some open their boards again, so that a first state is sent. */
export async function readBoardsAnew({ cast, workshop }: RecordedHall): Promise<void> {
	const [first, second] = workshop.tables;
	for (const client of [cast.claire, cast.anna, cast.tablet]) await client.readBoard(first.boardId);
	for (const client of [cast.claire, cast.ravi]) await client.readBoard(second.boardId);
	await cast.pedro.readBoard(workshop.plenaryBoardId);
}
