/** The reference agent: sorts the messages that arrive in a folder. Copy it, rename it, make it yours. */
@NullMarked
package com.example.triage;

import org.jspecify.annotations.NullMarked;
