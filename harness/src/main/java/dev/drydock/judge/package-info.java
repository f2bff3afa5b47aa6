/**
 * What people say of outputs: feedback, agreement, labels that earn to go live; the scorecard, the cost, the checklist. Start at
 * {@link dev.drydock.judge.RecordFeedback} for one judgement, at {@link dev.drydock.judge.MeasureAgreement} for what they add up to.
 */
@NullMarked
package dev.drydock.judge;

import org.jspecify.annotations.NullMarked;
