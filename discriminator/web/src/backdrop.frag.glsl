uniform float time;
uniform sampler2D picture;
uniform vec2 part; // of the picture, across and up, that fills the stage; nothing of it where it is 0
varying vec2 at;

// The picture is there to show where a mask sits, not to outshine it.
const float DIMMED = 0.5;

// Integers are shuffled alike everywhere; sines repeat themselves, and then the noise has a weave.
// One shuffle gives three colours: a processor without help draws this as well.
vec3 chance(uvec3 place) {
  uint n = place.x * 1597u + place.y * 51749u + place.z * 3010349u;
  n = (n ^ (n >> 16u)) * 0x7feb352du;
  n = (n ^ (n >> 15u)) * 0x846ca68bu;
  n ^= n >> 16u;
  return vec3(uvec3(n, n >> 8u, n >> 16u) & 255u) / 255.0;
}

// What a camera shows that sees nothing: a dark grey that is never quite the same.
vec3 noise() {
  return chance(uvec3(gl_FragCoord.xy / 2.0, time * 12.0)) * 0.16;
}

// A mirror: the viewer's left is on the left.
vec3 mirror() {
  vec2 p = 0.5 + (vec2(1.0 - at.x, at.y) - 0.5) * part;
  return texture2D(picture, p).rgb * DIMMED;
}

void main() {
  gl_FragColor = vec4(part.x > 0.0 ? mirror() : noise(), 1.0);
}
