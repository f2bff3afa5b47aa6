/** Masks secrets and personal data before anything is logged, stored or traced. */
@NullMarked
package dev.drydock.redact;

import org.jspecify.annotations.NullMarked;
