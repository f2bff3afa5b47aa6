/** The one door to every language model: routed, limited, budgeted, recorded, repaired, masked. */
@NullMarked
package dev.drydock.model;

import org.jspecify.annotations.NullMarked;
