uniform float time;
uniform sampler2D picture;
uniform vec2 part; // of the picture, across and up, that fills the stage; nothing of it where it is 0
varying vec2 at;

// The picture is there to show where a mask sits, not to outshine it.
const float DIMMED = 0.5;

// Integers are shuffled alike everywhere; sines repeat themselves, and then the noise has a weave.
float chance(uvec3 place) {
  uint n = place.x * 1597u + place.y * 51749u + place.z * 3010349u;
  n = (n ^ (n >> 16u)) * 0x7feb352du;
  n = (n ^ (n >> 15u)) * 0x846ca68bu;
  return float(n >> 8u) / 16777216.0;
}

// What a camera shows that sees nothing: a dark grey that is never quite the same.
vec3 noise() {
  uvec2 cell = uvec2(gl_FragCoord.xy / 2.0);
  uint moment = 3u * uint(time * 12.0);
  vec3 colour = vec3(
    chance(uvec3(cell, moment)),
    chance(uvec3(cell, moment + 1u)),
    chance(uvec3(cell, moment + 2u))
  );
  return colour * 0.16;
}

// A mirror: the viewer's left is on the left.
vec3 mirror() {
  vec2 p = 0.5 + (vec2(1.0 - at.x, at.y) - 0.5) * part;
  return texture2D(picture, p).rgb * DIMMED;
}

void main() {
  gl_FragColor = vec4(part.x > 0.0 ? mirror() : noise(), 1.0);
}
