/** An agent that answers one question about each message. Make it yours. */
@NullMarked
package com.example.blank;

import org.jspecify.annotations.NullMarked;
