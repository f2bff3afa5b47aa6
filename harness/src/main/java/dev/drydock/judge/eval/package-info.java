/**
 * Evals: labelled cases, the metrics beside the baseline, the gate. Start at {@link dev.drydock.judge.eval.RunEval}, which reads the
 * cases of an agent, has it decide them and compares the results.
 */
@NullMarked
package dev.drydock.judge.eval;

import org.jspecify.annotations.NullMarked;
