import * as z from 'zod';

import { workshopId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import {
	approvedPairing,
	ownDevice,
	pairingApproval,
	pairingPoll,
	pairingRequest,
	pairingState,
	startedPairing,
	waitingPairings,
} from '#lib/protocol/pairing.ts';
import { requireFacilitator } from '#server/accounts/access-service.ts';
import type { Sql } from '#server/db/client.ts';
import { rateLimit } from '#server/http/rate-limit.ts';
import { nothing, route, type Route } from '#server/http/route.ts';
import type { Sessions } from '#server/identity.ts';

import { findDevice } from './pairing-queries.ts';
import type { PairingService } from './pairing-service.ts';

export type PairingRoutesNeeds = {
	readonly sql: Sql;
	readonly sessions: Sessions;
	readonly pairings: PairingService;
};

/** A hall has a hundred tables behind one address. */
const startsPerAddress = { uses: 300, perSeconds: 5 * 60 };
const approvalsPerAccount = { uses: 200, perSeconds: 5 * 60 };

const workshopParams = z.object({ workshopId });

/** Tablets and projectors. */
export function pairingRoutes({ sql, sessions, pairings }: PairingRoutesNeeds): Route[] {
	const starts = rateLimit(startsPerAddress.uses, startsPerAddress.perSeconds);
	const approvals = rateLimit(approvalsPerAccount.uses, approvalsPerAccount.perSeconds);
	return [
		route({
			method: 'post',
			path: '/pairings',
			summary: 'A tablet or projector asks for a code to show',
			access: 'public',
			body: pairingRequest,
			status: 201,
			response: startedPairing,
			async handle({ body, address }) {
				await starts.use(address);
				return pairings.start({ kind: body.kind, workshopCode: body.workshopCode });
			},
		}),
		route({
			method: 'post',
			path: '/pairings/poll',
			summary: 'The device asks whether its code was approved; then it gets its session',
			access: 'public',
			body: pairingPoll,
			response: pairingState,
			async handle({ body, setCookie, ...carrier }) {
				const { state, collect } = await pairings.poll(body.secret);
				if (collect && state.state === 'approved') {
					setCookie(await sessions.begin('device', state.deviceId, carrier));
				}
				return state;
			},
		}),
		route({
			method: 'get',
			path: '/device',
			summary: 'What this device is paired as',
			access: 'public',
			response: ownDevice,
			async handle({ identity }) {
				const device = identity.device === null ? undefined : await findDevice(sql, identity.device.id);
				if (device === undefined) throw new AppError('session.missing');
				return device;
			},
		}),
		route({
			method: 'delete',
			path: '/device',
			summary: 'The device forgets its pairing',
			access: 'public',
			response: nothing,
			async handle({ setCookie, ...carrier }) {
				setCookie(await sessions.end('device', carrier));
			},
		}),
		route({
			method: 'get',
			path: '/workshops/:workshopId/pairings',
			summary: 'Devices that were opened for this workshop and wait',
			access: 'account',
			params: workshopParams,
			response: waitingPairings,
			async handle({ identity, params }) {
				await requireFacilitator(sql, identity, params.workshopId);
				return pairings.waiting(params.workshopId);
			},
		}),
		route({
			method: 'post',
			path: '/workshops/:workshopId/pairings/approve',
			summary: 'Let the device that shows this code into the workshop',
			access: 'account',
			params: workshopParams,
			body: pairingApproval,
			response: approvedPairing,
			async handle({ identity, params, body }) {
				const account = await requireFacilitator(sql, identity, params.workshopId);
				await approvals.use(account.id);
				return pairings.approve(params.workshopId, {
					code: body.code,
					name: body.name,
					tableId: body.tableId ?? null,
				});
			},
		}),
	];
}
