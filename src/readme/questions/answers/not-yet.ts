import type { Answers, Ask } from './answer.js';

/** For a question that no result answers yet. */
export const notYet: Ask = async (): Promise<Answers> => new Map();
