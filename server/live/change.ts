import type { DotBallot } from '#lib/domain/dot-vote.ts';
import type { ParticipantId, RoundId } from '#lib/domain/ids.ts';
import type { CommandInput, CommandName } from '#lib/protocol/commands.ts';
import type { LogAction } from '#lib/protocol/log.ts';
import type { Transaction } from '#server/db/client.ts';

import type {
	Device,
	Group,
	Idea,
	Participant,
	Project,
	Round,
	SnapshotEntry,
	Table,
	Workshop,
	WorkshopState,
} from './workshop-state.ts';

/**
 * What a command changes. A handler decides over the state in memory and returns changes; the pipeline then applies them to the
 * state, writes all changes of a batch in one transaction, and after the commit tells the documents, the views and the sender.
 *
 * - `put` carries a whole row: last one wins within a batch, and the writer makes one statement a table out of them.
 *   Projects and snapshots are written by their feature's own `run`; a `put` of these only updates the state.
 * - `ballot` and `roll` are the two halves of a vote, which no row joins.
 * - `audit` is one entry of the log of who did what.
 * - `run` is for what can only be decided inside the transaction (closing a round). It gets the transaction, returns the changes that
 *   follow (they are written and applied too), and its `committed` runs after the commit. It ends its batch.
 * - `afterwards` is work that begins once the command is committed, and that nobody waits for.
 */
export type Change =
	| { readonly type: 'put'; readonly entity: 'workshop'; readonly row: Workshop }
	| { readonly type: 'put'; readonly entity: 'table'; readonly row: Table }
	| { readonly type: 'put'; readonly entity: 'participant'; readonly row: Participant }
	| { readonly type: 'put'; readonly entity: 'device'; readonly row: Device }
	| { readonly type: 'put'; readonly entity: 'group'; readonly row: Group }
	| { readonly type: 'put'; readonly entity: 'idea'; readonly row: Idea }
	| { readonly type: 'put'; readonly entity: 'round'; readonly row: Round }
	| { readonly type: 'put'; readonly entity: 'project'; readonly row: Project }
	| { readonly type: 'put'; readonly entity: 'snapshot'; readonly row: SnapshotEntry }
	| { readonly type: 'ballot'; readonly roundId: RoundId; readonly voterKey: Uint8Array; readonly ballot: DotBallot }
	| { readonly type: 'roll'; readonly roundId: RoundId; readonly participantId: ParticipantId; readonly voted: boolean }
	| {
			readonly type: 'audit';
			readonly action: LogAction;
			readonly subjectId: string | null;
			readonly detail: AuditDetail;
			/** The command that takes it back. */
			readonly inverse?: Inverse;
	  }
	| { readonly type: 'afterwards'; readonly work: () => Promise<void> }
	| {
			readonly type: 'run';
			readonly run: (tx: Transaction, state: WorkshopState) => Promise<readonly Change[]>;
			readonly committed?: () => Promise<void>;
	  };

export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

export type Inverse = {
	readonly [Name in CommandName]: { readonly name: Name; readonly payload: CommandInput<Name> };
}[CommandName];
