/** The only way to a language model: records, budgets, truncation, repair, routing, rate limits. */
@NullMarked
package dev.drydock.model;

import org.jspecify.annotations.NullMarked;
