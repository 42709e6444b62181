uniform sampler2D picture;
uniform float amount;
uniform vec4 window; // the part of the picture that is shown: left, bottom, width, height
uniform vec4 mouth;
uniform vec4 eyes[2];
varying vec2 at;

// From the middle of a box (0) to its edge (1).
vec2 inBox(vec2 p, vec4 box) {
  return (p - box.xy - box.zw * 0.5) / (box.zw * 0.5);
}

void main() {
  // A mirror: the viewer's left is on the left.
  vec2 p = window.xy + vec2(1.0 - at.x, at.y) * window.zw;
  vec2 from = p;

  vec2 m = inBox(p, mouth);
  float near = 1.0 - smoothstep(0.15, 1.0, length(m * vec2(0.85, 0.8)));
  // Corners go up and out: what is shown there is fetched from below, and from further in.
  from.y -= amount * near * mouth.w * 0.6 * (m.x * m.x - 0.1);
  from.x -= amount * near * mouth.z * 0.16 * m.x;

  for (int i = 0; i < 2; i++) {
    vec2 e = inBox(p, eyes[i]);
    float close = 1.0 - smoothstep(0.0, 1.0, length(e));
    from -= amount * close * 0.42 * e * eyes[i].zw * 0.5;
  }

  vec3 colour = texture2D(picture, from).rgb;
  float grey = dot(colour, vec3(0.299, 0.587, 0.114));
  gl_FragColor = vec4(mix(vec3(grey), colour, amount), 1.0);
}
