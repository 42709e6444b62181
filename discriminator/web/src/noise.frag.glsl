uniform float time;

float chance(vec2 cell) {
  return fract(sin(dot(cell, vec2(12.9898, 78.233)) + floor(time * 12.0) * 0.37) * 43758.5453);
}

// What a camera shows that sees nothing: a dark grey that is never quite the same.
void main() {
  vec2 cell = mod(floor(gl_FragCoord.xy / 2.0), 251.0);
  vec3 noise = vec3(chance(cell), chance(cell + 31.0), chance(cell + 67.0));
  gl_FragColor = vec4(noise * 0.16, 1.0);
}
