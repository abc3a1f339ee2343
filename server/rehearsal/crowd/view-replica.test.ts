import { describe, expect, it } from 'vitest';

import type { RoundId } from '#lib/domain/ids.ts';
import type { LiveView, MeView } from '#lib/protocol/live.ts';

import { ViewReplica } from './view-replica.ts';

const ofRoom = '11111111-1111-4111-8111-111111111111' as RoundId;
const ofTable = '22222222-2222-4222-8222-222222222222' as RoundId;

/** As much of a view as is looked at here. */
function viewWith(ideas: number): LiveView {
	return { counts: { people: 1, present: 1, ideas }, rounds: { [ofRoom]: { state: 'open' } } } as unknown as LiveView;
}

const own = { kind: 'participant', rounds: {} } as unknown as MeView;

describe('what a device keeps', () => {
	it('follows a snapshot and the patches after it', () => {
		const replica = new ViewReplica();
		expect(replica.takePatch({ seq: 4, patch: [[['counts', 'ideas'], 9]] })).toBe(true);
		expect(replica.view).toBeUndefined();
		replica.takeSnapshot({ seq: 4, view: viewWith(1) });
		expect(replica.takePatch({ seq: 5, patch: [[['counts', 'ideas'], 2]] })).toBe(true);
		expect(replica.view?.counts.ideas).toBe(2);
	});

	it('asks for everything anew when a patch is missing or does not fit', () => {
		const replica = new ViewReplica();
		replica.takeSnapshot({ seq: 1, view: viewWith(1) });
		expect(replica.takePatch({ seq: 3, patch: [] })).toBe(false);
		replica.takeSnapshot({ seq: 3, view: viewWith(1) });
		expect(replica.takePatch({ seq: 4, patch: [[['not', 'there'], 1]] })).toBe(false);
		// Until it comes, nothing else is looked at, and the last view stays.
		expect(replica.takePatch({ seq: 9, patch: [] })).toBe(true);
		expect(replica.view?.counts.ideas).toBe(1);
	});

	it('knows the rounds of the room and those of its own table', () => {
		const replica = new ViewReplica();
		expect(replica.rounds).toEqual({});
		replica.takeSnapshot({ seq: 1, view: viewWith(1) });
		replica.takeOwn(own);
		expect(replica.takeOwnPatch([[['rounds', ofTable], { state: 'open' }]])).toBe(true);
		expect(Object.keys(replica.rounds)).toEqual([ofRoom, ofTable]);
		expect(replica.takeOwnPatch([[['nowhere', 'at all'], 1]])).toBe(false);
	});
});
