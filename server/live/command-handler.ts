import type { Actor } from '#lib/domain/policy.ts';
import type { CommandName, CommandPayload, CommandResult } from '#lib/protocol/commands.ts';

import type { Change } from './change.ts';
import type { WorkshopState } from './workshop-state.ts';

/** The moment a command is decided in. `now` is epoch milliseconds of the server's clock. */
export type CommandContext = {
	readonly state: Readonly<WorkshopState>;
	readonly actor: Actor;
	readonly now: number;
	/** A fresh random UUID. */
	readonly newId: () => string;
};

export type Decision = {
	readonly changes: readonly Change[];
	readonly result?: CommandResult;
	/**
	 * The command log doesn't keep who sent this, because it would name an author whom nobody records, or because it would be
	 * nothing but many rows. Handlers answer a resend of such a command in the same way by themselves, or may count it twice.
	 */
	readonly unlogged?: boolean;
};

/**
 * Decides one command: checks the policy and the state, and returns what changes. It is synchronous and changes nothing itself.
 * @throws AppError to refuse.
 */
export type CommandHandler<Name extends CommandName> = (
	payload: CommandPayload<Name>,
	context: CommandContext,
) => Decision;

/** The handlers of one feature, by command name. */
export type CommandHandlers<Names extends CommandName> = { readonly [Name in Names]: CommandHandler<Name> };
