package dev.drydock.model;

import dev.drydock.model.UnusableAnswerException.Reason;

/** An answer could not be used, and the model is asked again, or given up. */
public record AnswerRepaired(String agent, Reason reason) {}
