import type { LucideIcon } from '@lucide/svelte';
import Coffee from '@lucide/svelte/icons/coffee';
import FileText from '@lucide/svelte/icons/file-text';
import Flag from '@lucide/svelte/icons/flag';
import Group from '@lucide/svelte/icons/group';
import Hand from '@lucide/svelte/icons/hand';
import ListChecks from '@lucide/svelte/icons/list-checks';
import MessageSquareHeart from '@lucide/svelte/icons/message-square-heart';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import Mic from '@lucide/svelte/icons/mic';
import Sprout from '@lucide/svelte/icons/sprout';
import StickyNote from '@lucide/svelte/icons/sticky-note';
import Trophy from '@lucide/svelte/icons/trophy';
import Vote from '@lucide/svelte/icons/vote';

import type { StepKind } from '#lib/domain/step.ts';

/** The sign of each kind of step, wherever an agenda shows one; its name stands beside it. */
export const stepKindIcons: Readonly<Record<StepKind, LucideIcon>> = {
	welcome: Hand,
	collect: StickyNote,
	group: Group,
	discuss: MessagesSquare,
	choose: ListChecks,
	vote: Vote,
	results: Trophy,
	sheet: FileText,
	pitch: Mic,
	found: Sprout,
	break: Coffee,
	feedback: MessageSquareHeart,
	closing: Flag,
};
