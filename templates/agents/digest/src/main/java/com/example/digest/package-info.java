/** Makes one morning briefing out of many feeds. */
@NullMarked
package com.example.digest;

import org.jspecify.annotations.NullMarked;
