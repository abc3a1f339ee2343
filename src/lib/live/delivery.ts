import type { CommandInput, CommandName } from '#lib/protocol/commands.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';

/**
 * How a command is delivered when the network isn't there.
 *
 * `kept`: it holds something a person made, so it waits on the device until it is acknowledged, however long that takes.
 * `immediate`: it steers the moment (a timer, the next step); minutes later it would surprise the room, so it is given up soon.
 */
export type Delivery = 'kept' | 'immediate';

const kept = new Set<CommandName>([
	'idea.submit',
	'idea.edit',
	'idea.withdraw',
	'idea.publish',
	'idea.move',
	'idea.recolour',
	'group.create',
	'group.rename',
	'group.move',
	'group.delete',
	'vote.cast',
	'participant.rename',
	'table.signal',
]);

export function deliveryOf(name: CommandName): Delivery {
	return kept.has(name) ? 'kept' : 'immediate';
}

const holdingWords = new Set<CommandName>([
	'idea.submit',
	'idea.edit',
	'group.create',
	'group.rename',
	'vote.cast',
	'participant.rename',
]);

/** Whether a refusal must be shown until somebody has dealt with it, because words (or a ballot) would be lost. */
export function holdsWords(name: CommandName): boolean {
	return holdingWords.has(name);
}

/**
 * What a later command makes superfluous, as a key: of several waiting commands with the same key only the last is sent.
 * Null where every one counts.
 */
export function supersedingKey<Name extends CommandName>(name: Name, payload: CommandInput<Name>): string | null {
	const field = (key: string): string => String(Reflect.get(payload, key));
	switch (name) {
		case 'vote.cast':
			return `${name}:${field('roundId')}`;
		case 'idea.edit':
		case 'idea.move':
		case 'idea.recolour':
			return `${name}:${field('ideaId')}`;
		case 'group.rename':
		case 'group.move':
			return `${name}:${field('groupId')}`;
		case 'participant.rename':
			return name;
		case 'table.signal':
			return `${name}:${field('tableId')}:${Object.keys(payload).sort().join('+')}`;
		default:
			return null;
	}
}

/** What to do with a refused command: give it back, try it again later, or keep it until the session is renewed. */
export type Treatment = 'giveBack' | 'again' | 'againAFewTimes' | 'keep';

export function treatmentOf(code: ErrorCode): Treatment {
	switch (code) {
		case 'command.busy':
		case 'database.away':
		case 'request.tooMany':
			return 'again';
		case 'server.failed':
			return 'againAFewTimes';
		case 'session.missing':
		case 'session.expired':
		case 'protocol.version':
			return 'keep';
		default:
			return 'giveBack';
	}
}

/** Whether a refusal passes by itself, so that one comes back and tries again. */
export function isTemporary(code: ErrorCode): boolean {
	const treatment = treatmentOf(code);
	return treatment === 'again' || treatment === 'againAFewTimes';
}
