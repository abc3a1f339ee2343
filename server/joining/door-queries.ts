import type { ChallengeId, ParticipantId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { Sql } from '#server/db/client.ts';
import { guestId, type GuestId } from '#server/identity.ts';

export type DoorRow = {
	id: WorkshopId;
	code: string;
	title: LocalizedText;
	editionSlug: string;
	editionTitle: LocalizedText;
	defaultLanguage: Language;
	phase: 'preparing' | 'live' | 'ended';
	doorOpen: boolean;
	startsAt: Date | null;
	place: string | null;
	personalDataUntil: string;
	attribution: string | null;
};

export async function findDoor(sql: Sql, code: string): Promise<DoorRow | undefined> {
	const [row] = await sql<DoorRow[]>`
		select workshop.id, workshop.code, workshop.title, edition.slug as "editionSlug", edition.title as "editionTitle",
			edition.default_language as "defaultLanguage", workshop.phase, workshop.door_open as "doorOpen",
			workshop.starts_at as "startsAt", workshop.place, workshop.personal_data_until as "personalDataUntil",
			workshop.attribution
		from workshop join edition on edition.id = workshop.edition_id
		where workshop.code = ${code}`;
	return row;
}

export type SeatsRow = {
	id: TableId;
	position: number;
	name: string;
	challengeId: ChallengeId | null;
	question: LocalizedText | null;
	capacity: number;
	seated: number;
	atHome: boolean;
};

/** The tables and how many people sit at each; whoever was blocked leaves their seat free. */
export async function selectSeats(sql: Sql, workshopId: WorkshopId): Promise<SeatsRow[]> {
	return sql<SeatsRow[]>`
		select t.id, t.position, t.name, t.challenge_id as "challengeId", challenge.question, t.capacity,
			t.at_home as "atHome",
			(select count(*) from participant where participant.table_id = t.id and blocked_at is null) as seated
		from workshop_table t left join challenge on challenge.id = t.challenge_id
		where t.workshop_id = ${workshopId}
		order by t.position`;
}

export type KnownParticipantRow = {
	participantId: ParticipantId;
	nickname: string | null;
	tableId: TableId | null;
	blocked: boolean;
	atHome: boolean;
};

export async function findParticipant(
	sql: Sql,
	workshopId: WorkshopId,
	guest: GuestId,
): Promise<KnownParticipantRow | undefined> {
	const [row] = await sql<KnownParticipantRow[]>`
		select id as "participantId", nickname, table_id as "tableId", blocked_at is not null as blocked,
			at_home as "atHome"
		from participant where workshop_id = ${workshopId} and guest_id = ${guest}`;
	return row;
}

export async function insertGuest(sql: Sql): Promise<GuestId> {
	const [row] = await sql<[{ id: string }]>`insert into guest default values returning id`;
	return guestId.parse(row.id);
}

export async function deleteGuest(sql: Sql, guest: GuestId): Promise<void> {
	await sql`delete from guest where id = ${guest}`;
}
