/**
 * Replay: decides entries on record again, by today's code or with another prompt or model, and compares. Start at
 * {@link dev.drydock.judge.replay.ReplayEntry}, which makes the lanes of one entry; candidates beside a live agent and the prompt loop
 * of dev mode use the same lanes.
 */
@NullMarked
package dev.drydock.judge.replay;

import org.jspecify.annotations.NullMarked;
