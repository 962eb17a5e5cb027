/** Findings that follow each other closely become one episode, an episode becomes one alert. */
@NullMarked
package dev.metsuke.detect.episode;

import org.jspecify.annotations.NullMarked;
