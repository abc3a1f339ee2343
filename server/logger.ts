import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * One JSON object a line. The log goes to stderr, because stdout belongs to the addresses and the QR code that the
 * launcher prints. Secrets that may hang on a logged request are left out here, in one place.
 */
export function createLogger(level: LogLevel, destination: DestinationStream = pino.destination(2)): Logger {
	return pino(
		{
			level,
			base: null,
			timestamp: pino.stdTimeFunctions.isoTime,
			redact: {
				paths: [
					'req.headers.cookie',
					'req.headers.authorization',
					'res.headers["set-cookie"]',
					'*.password',
					'*.token',
					'*.secret',
				],
				remove: true,
			},
		},
		destination,
	);
}
