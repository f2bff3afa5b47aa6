/** Masking of secrets and personal data. */
@NullMarked
package dev.drydock.redact;

import org.jspecify.annotations.NullMarked;
