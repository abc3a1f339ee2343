import type { AccountId, DeviceId, ParticipantId, WorkshopId } from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/policy.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Audience } from '#lib/protocol/live.ts';
import type { Identity } from '#server/identity.ts';

import type { WorkshopState } from './workshop-state.ts';

/** Whether an account may run a workshop. */
export type MayFacilitate = (accountId: string, workshopId: WorkshopId) => Promise<boolean>;

/** Somebody who is here in one role. `actor` is asked again at every command, since the state moves on. */
export class Role {
	readonly id: string;
	readonly name: string;
	readonly #find: FindActor;

	constructor(id: string, name: string, find: FindActor) {
		this.id = id;
		this.name = name;
		this.#find = find;
	}

	/** @throws AppError if this role may no longer be played */
	actor(state: WorkshopState): Actor {
		return this.#find(state, this.id);
	}
}

type FindActor = (state: WorkshopState, id: string) => Actor;

/**
 * The role that an identity plays in a workshop for an audience.
 * @throws AppError `session.missing` without the session that the audience asks for, `access.denied` if it is for another workshop
 */
export async function roleOf(
	identity: Identity,
	audience: Audience,
	state: WorkshopState,
	mayFacilitate: MayFacilitate,
): Promise<Role> {
	const workshopId = state.workshop.id;
	if (audience === 'facilitator') {
		const { account } = identity;
		if (account === null) throw new AppError('session.missing');
		if (!(await mayFacilitate(account.id, workshopId))) throw new AppError('access.denied');
		return new Role(account.id, account.name, facilitatorActor);
	}
	if (audience === 'participant') {
		const guestId = identity.guest?.id;
		const person = [...state.participants.values()].find((other) => other.guestId === guestId);
		if (guestId === undefined || person === undefined) throw new AppError('session.missing');
		return new Role(person.id, person.nickname ?? '', participantActor);
	}
	const { device } = identity;
	if (device === null) throw new AppError('session.missing');
	if (device.kind !== audience) throw new AppError('access.denied');
	return new Role(device.id, '', deviceActor);
}

function facilitatorActor(state: WorkshopState, id: string): Actor {
	const { id: workshopId, leadId } = state.workshop;
	return { kind: 'facilitator', id: id as AccountId, workshopId, leads: leadId === null || leadId === id };
}

function participantActor(state: WorkshopState, id: string): Actor {
	const person = state.participants.get(id as ParticipantId);
	if (person === undefined) throw new AppError('session.expired');
	return {
		kind: 'participant',
		id: person.id,
		workshopId: state.workshop.id,
		tableId: person.tableId,
		blocked: person.blockedAt !== null,
	};
}

function deviceActor(state: WorkshopState, id: string): Actor {
	const device = state.devices.get(id as DeviceId);
	if (device?.revokedAt !== null) throw new AppError('session.expired');
	const { workshop } = state;
	if (device.kind === 'screen') return { kind: 'screen', id: device.id, workshopId: workshop.id };
	if (device.tableId === null) throw new AppError('table.unknown');
	return { kind: 'table', id: device.id, workshopId: workshop.id, tableId: device.tableId };
}
