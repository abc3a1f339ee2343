/** The notes of the chime: hertz, and seconds after its beginning. A falling third, twice, like a doorbell. */
const notes = [
	{ frequency: 784, at: 0 },
	{ frequency: 659.3, at: 0.35 },
	{ frequency: 784, at: 1.1 },
	{ frequency: 659.3, at: 1.45 },
] as const;
const noteSeconds = 1.1;
const loudest = 0.35;
const gestures = ['pointerdown', 'keydown'] as const;

/**
 * A chime out of the browser's own synthesiser, so that no file is needed. Browsers let a page sound only once somebody has touched
 * it: {@link Chime.awaitGesture} waits for that, and until then the chime stays silent.
 */
export class Chime {
	#context: AudioContext | null = null;

	/** @returns a function that lets go of the sound */
	awaitGesture(): () => void {
		const touched = (): void => {
			this.#context ??= 'AudioContext' in globalThis ? new AudioContext() : null;
			if (this.#context?.state === 'suspended') void this.#context.resume();
		};
		for (const gesture of gestures) addEventListener(gesture, touched, { passive: true });
		return () => {
			for (const gesture of gestures) removeEventListener(gesture, touched);
			void this.#context?.close();
			this.#context = null;
		};
	}

	/** Says whether it could be heard. */
	ring(): boolean {
		const context = this.#context;
		if (context?.state !== 'running') return false;
		for (const { frequency, at } of notes) {
			const from = context.currentTime + at;
			const tone = new OscillatorNode(context, { frequency, type: 'triangle' });
			const volume = new GainNode(context, { gain: 0 });
			volume.gain.setValueAtTime(0, from);
			volume.gain.linearRampToValueAtTime(loudest, from + 0.02);
			volume.gain.exponentialRampToValueAtTime(0.001, from + noteSeconds);
			tone.connect(volume).connect(context.destination);
			tone.start(from);
			tone.stop(from + noteSeconds);
		}
		return true;
	}
}
