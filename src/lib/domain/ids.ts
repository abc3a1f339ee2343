import * as z from 'zod';

/**
 * Every id is a UUID made by the server, except {@link CommandId}, which the client makes so that a resend is recognised.
 * The brands keep a table's id from being passed where an idea's is meant.
 */
export const workshopId = z.uuid().brand<'WorkshopId'>();
export type WorkshopId = z.infer<typeof workshopId>;

export const stepId = z.uuid().brand<'StepId'>();
export type StepId = z.infer<typeof stepId>;

export const tableId = z.uuid().brand<'TableId'>();
export type TableId = z.infer<typeof tableId>;

export const boardId = z.uuid().brand<'BoardId'>();
export type BoardId = z.infer<typeof boardId>;

export const ideaId = z.uuid().brand<'IdeaId'>();
export type IdeaId = z.infer<typeof ideaId>;

export const groupId = z.uuid().brand<'GroupId'>();
export type GroupId = z.infer<typeof groupId>;

export const challengeId = z.uuid().brand<'ChallengeId'>();
export type ChallengeId = z.infer<typeof challengeId>;

export const participantId = z.uuid().brand<'ParticipantId'>();
export type ParticipantId = z.infer<typeof participantId>;

export const deviceId = z.uuid().brand<'DeviceId'>();
export type DeviceId = z.infer<typeof deviceId>;

export const accountId = z.uuid().brand<'AccountId'>();
export type AccountId = z.infer<typeof accountId>;

export const roundId = z.uuid().brand<'RoundId'>();
export type RoundId = z.infer<typeof roundId>;

export const optionId = z.uuid().brand<'OptionId'>();
export type OptionId = z.infer<typeof optionId>;

export const projectId = z.uuid().brand<'ProjectId'>();
export type ProjectId = z.infer<typeof projectId>;

export const documentId = z.uuid().brand<'DocumentId'>();
export type DocumentId = z.infer<typeof documentId>;

export const snapshotId = z.uuid().brand<'SnapshotId'>();
export type SnapshotId = z.infer<typeof snapshotId>;

export const programmeId = z.uuid().brand<'ProgrammeId'>();
export type ProgrammeId = z.infer<typeof programmeId>;

export const editionId = z.uuid().brand<'EditionId'>();
export type EditionId = z.infer<typeof editionId>;

export const templateId = z.uuid().brand<'TemplateId'>();
export type TemplateId = z.infer<typeof templateId>;

export const commandId = z.uuid().brand<'CommandId'>();
export type CommandId = z.infer<typeof commandId>;
