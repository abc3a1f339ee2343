/** A whole message as it goes over the wire. */
export type WebSocketFrame = Buffer & { readonly __frame: unique symbol };

const finalBinary = 0x82;
const longest7 = 125;
const longest16 = 0xffff;

/**
 * Frames a binary message as a server sends it: whole, uncompressed, unmasked (RFC 6455, section 5.2). What goes to a thousand
 * readers is framed once, and each socket gets it in one write.
 */
export function webSocketFrame(message: Uint8Array): WebSocketFrame {
	const { length } = message;
	const headerLength = length <= longest7 ? 2 : length <= longest16 ? 4 : 10;
	const frame = Buffer.allocUnsafeSlow(headerLength + length);
	frame[0] = finalBinary;
	if (length <= longest7) {
		frame[1] = length;
	} else if (length <= longest16) {
		frame[1] = 126;
		frame.writeUInt16BE(length, 2);
	} else {
		frame[1] = 127;
		frame.writeBigUInt64BE(BigInt(length), 2);
	}
	frame.set(message, headerLength);
	return frame as WebSocketFrame;
}
