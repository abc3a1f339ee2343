import type { DeviceId, ParticipantId } from '#lib/domain/ids.ts';

/** Who is connected now. A person with two windows is one person. Others learn counts of it, never who. */
export class Presence {
	readonly #participants = new Map<ParticipantId, number>();
	readonly #devices = new Map<DeviceId, number>();

	get people(): number {
		return this.#participants.size;
	}

	hasPerson(id: ParticipantId): boolean {
		return this.#participants.has(id);
	}

	hasDevice(id: DeviceId): boolean {
		return this.#devices.has(id);
	}

	/** Each returns whether the person or device has just come or gone. */
	personCame(id: ParticipantId): boolean {
		return came(this.#participants, id);
	}

	personWent(id: ParticipantId): boolean {
		return went(this.#participants, id);
	}

	deviceCame(id: DeviceId): boolean {
		return came(this.#devices, id);
	}

	deviceWent(id: DeviceId): boolean {
		return went(this.#devices, id);
	}
}

function came<Id>(counts: Map<Id, number>, id: Id): boolean {
	const before = counts.get(id) ?? 0;
	counts.set(id, before + 1);
	return before === 0;
}

function went<Id>(counts: Map<Id, number>, id: Id): boolean {
	const left = (counts.get(id) ?? 0) - 1;
	if (left > 0) counts.set(id, left);
	else counts.delete(id);
	return left <= 0;
}
