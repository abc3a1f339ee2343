import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { DocumentId } from '#lib/domain/ids.ts';

import type { Clock } from './clock.ts';
import type { Database } from './db/client.ts';
import { earlierCommitsEnded, GroupCommit } from './db/group-commit.ts';
import type { SocketEndpoint } from './http/upgrades.ts';
import { floorCommands } from './floor/floor-commands.ts';
import { pitchCommands } from './floor/pitch-commands.ts';
import { groupCommands } from './ideas/group-commands.ts';
import { harvestCommands } from './ideas/harvest-commands.ts';
import { ideaCommands } from './ideas/idea-commands.ts';
import { moderationCommands } from './ideas/moderation-commands.ts';
import type { Identify } from './identity.ts';
import type { MayFacilitate } from './live/actor-lookup.ts';
import { createDocumentAccess } from './live/document-access.ts';
import { LiveServer } from './live/live-server.ts';
import type { LiveService } from './live/live-service.ts';
import { LiveWorkshops } from './live/live-workshops.ts';
import { SheetBook } from './live/sheet-book.ts';
import type { Logger } from './logger.ts';
import { admit } from './participants/admission.ts';
import { participantCommands } from './participants/participant-commands.ts';
import type { ProjectsService } from './projects/projects-service.ts';
import { deviceCommands } from './screens/device-commands.ts';
import { createSnapshotsService, periodicSnapshotMs } from './snapshots/snapshots-service.ts';
import { createEveningCommands } from './steps/evening-commands.ts';
import { createStepCommands } from './steps/step-commands.ts';
import { timerCommands } from './steps/timer-commands.ts';
import { createSyncServer } from './sync/sync-server.ts';
import { readTextDocuments } from './sync/text-document-service.ts';
import { tableCommands } from './tables/table-commands.ts';
import { leadCommands } from './team/lead-commands.ts';
import { createVotesService, type VotesService } from './votes/votes-service.ts';

export type LiveSideOptions = {
	readonly database: Database;
	readonly logger: Logger;
	readonly clock: Clock;
	readonly identify: Identify;
	readonly isAllowedOrigin: (request: IncomingMessage) => boolean;
	readonly mayFacilitate: MayFacilitate;
	readonly joinUrl: (code: string) => string;
	/** Where the keys of open vote rounds lie. */
	readonly keysFolder: string;
	readonly projects: Pick<ProjectsService, 'commands'>;
};

export type LiveSide = {
	readonly live: LiveService;
	readonly endpoints: readonly SocketEndpoint[];
	/** Forgets a text document that was deleted, and sends its writers away. */
	closeText(documentId: string): void;
	/** See `VotesService.withdrawBallots`. */
	readonly withdrawBallots: VotesService['withdrawBallots'];
	close(): Promise<void>;
};

/** How long what is under way may take to be saved when the server stops. */
const patienceMs = 3_000;

/** Puts the live parts together: rooms and their commands, socket.io, the documents, votes and snapshots. */
export async function createLiveSide(options: LiveSideOptions): Promise<LiveSide> {
	const { database, logger, clock, identify, isAllowedOrigin, mayFacilitate } = options;
	const server = new LiveServer({
		identify,
		isAllowedOrigin,
		mayFacilitate,
		logger,
		now: () => performance.now(),
	});
	await earlierCommitsEnded(database);
	const commits = new GroupCommit({ database, logger, storageChanged: (storage) => server.tellStorage(storage) });
	const sync = createSyncServer({
		database,
		commits,
		logger,
		isAllowedOrigin,
		authorize: (visitor, documentId) => authorize(visitor, documentId),
		textSaved: (documentId, texts) => sheets.saved(documentId as DocumentId, texts),
		loadBoard: (boardId) => workshops.loadBoard(boardId as Parameters<typeof workshops.loadBoard>[0]),
	});
	const sheets = new SheetBook({
		read: (documentIds) => readTextDocuments(database, documentIds),
		changed: (documentId) => workshops.sheetChanged(documentId),
		fault: (error) => logger.warn({ err: error }, 'the sheets of a workshop could not be read'),
	});
	const snapshots = createSnapshotsService({
		database,
		logger,
		replaceText: sync.replaceText.bind(sync),
		taken: (workshopId, entry) => workshops.addSnapshot(workshopId, entry),
	});
	const votes = await createVotesService({
		database,
		logger,
		keysFolder: options.keysFolder,
		onClose: (context) => [snapshots.automatic('vote-close', context)],
	});
	await votes.tidy();

	const workshops = new LiveWorkshops({
		database,
		commits,
		logger,
		clock,
		admit,
		handlers: {
			...ideaCommands,
			...moderationCommands,
			...harvestCommands,
			...groupCommands,
			...createStepCommands({ onStepEnd: (context) => [snapshots.automatic('step-end', context)] }),
			...createEveningCommands({ onWorkshopEnd: (context) => [snapshots.automatic('workshop-end', context)] }),
			...floorCommands,
			...pitchCommands,
			...leadCommands,
			...timerCommands,
			...participantCommands,
			...tableCommands,
			...deviceCommands,
			...votes.commands,
			...snapshots.commands,
			...options.projects.commands,
		},
		around: { joinUrl: options.joinUrl, turnout: votes.turnout, sheets, now: () => clock.now().getTime() },
		opened: (state) => void sheets.learn([...state.tables.values()].map(({ sheetId }) => sheetId)),
		readOwnBallots: (participantId, open) => votes.readOwnBallots(database, participantId, open),
		boards: {
			apply: (boardId, changes) => sync.boards.apply(boardId, changes),
			replace: (boardId, generation, content) => sync.boards.replace(boardId, generation, content),
			isOpen: (boardId) => sync.boards.isOpen(boardId),
			tickMs: (boardId) => sync.boards.tickMs(boardId),
		},
		reviewRights: (workshopId, of) =>
			sync.review(({ scope, subject }) => scope === workshopId && (of === null || of.has(subject))),
		broadcast: server.broadcast,
	});
	const authorize = createDocumentAccess({ database, workshops, identify, mayFacilitate });

	const periodic = setInterval(() => void takePeriodicSnapshots(), periodicSnapshotMs).unref();

	async function takePeriodicSnapshots(): Promise<void> {
		for (const room of await workshops.openRooms()) {
			try {
				await room.queue.change((state, now) => [snapshots.automatic('periodic', { state, now })]);
			} catch (error) {
				logger.error({ err: error, workshopId: room.id }, 'the periodic snapshot failed');
			}
		}
	}

	server.open(workshops);

	return {
		live: {
			admit: workshops.admit,
			addDevice: workshops.addDevice,
			execute: workshops.execute,
			reload: workshops.reload,
			exclusively: workshops.exclusively,
			revoke: (revocation) => {
				server.revoke(revocation);
				const actors = workshops.actorsOf(revocation);
				void sync.recheck(({ subject }) => actors === null || actors.has(subject));
			},
		},
		endpoints: [
			server,
			{ path: '/sync/', handleUpgrade: (request, socket, head) => sync.handleUpgrade(request, socket, head) },
		],
		closeText: (documentId) => sync.closeText(documentId),
		withdrawBallots: votes.withdrawBallots.bind(votes),
		async close() {
			clearInterval(periodic);
			await server.close();
			await Promise.race([snapshots.settled(), delay(patienceMs, undefined, { ref: false })]);
			// Rooms end when what they hold is written, or when nothing can be written any more.
			await Promise.all([workshops.close(), sync.close(patienceMs), commits.stop(patienceMs)]);
		},
	};
}
