import type { ServerName } from './dialects.ts';
import type { Phase } from './load.ts';
import type { Cost } from './stage.ts';

/** One server under one load. */
export type Row = {
	/** Such as `text300`. */
	readonly load: string;
	readonly server: ServerName;
	readonly phase: Phase;
	/** CPU of the server, and of Postgres for it, in microseconds for each change at each other client. */
	readonly cpuPerDelivery: number;
	readonly postgresPerDelivery: number;
	readonly bytesPerDelivery: number;
	/** Of the server's core while changes were sent and delivered. */
	readonly cpuShare: number;
	/** Of the load's core, by the load and by Postgres. */
	readonly loadCoreShare: number;
	/** What programs that have nothing to do with this used meanwhile, of a core. */
	readonly strangersShare: number;
};

export function rowOf(load: string, server: ServerName, phase: Phase, used: Cost): Row {
	const { deliveries } = phase;
	const ours = used.serverMicroseconds + used.postgresMicroseconds + phase.cpuShare * phase.seconds * 1e6;
	return {
		load,
		server,
		phase,
		cpuPerDelivery: used.serverMicroseconds / deliveries,
		postgresPerDelivery: used.postgresMicroseconds / deliveries,
		bytesPerDelivery: phase.receivedBytes / deliveries,
		cpuShare: used.serverMicroseconds / 1e6 / phase.seconds,
		loadCoreShare: phase.cpuShare + used.postgresMicroseconds / 1e6 / phase.seconds,
		strangersShare: (used.machineMicroseconds - ours) / 1e6 / used.seconds,
	};
}
