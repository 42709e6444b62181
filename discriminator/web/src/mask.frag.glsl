uniform sampler2D skin;
uniform float look; // 0: the frame, 1: a drawn skin, 2: what the machine draws by itself, on that
uniform float time;
varying vec2 onCanon;
varying vec2 inFrame;

// Bands of the film's colours that flow around the face like heights on a map.
vec3 bands() {
  vec2 p = onCanon * 5.0;
  p += 0.6 * vec2(sin(p.y * 1.7 + time * 0.9), cos(p.x * 1.9 - time * 0.7));
  p += 0.4 * vec2(sin(p.y * 3.1 - time * 0.5), cos(p.x * 2.7 + time * 1.1));
  float height = length(p - vec2(2.5)) * 1.6 - time * 0.4;
  float band = fract(height);
  float which = mod(floor(height), 4.0);
  vec3 colour = which < 1.0 ? vec3(1.0, 0.82, 0.12)
    : which < 2.0 ? vec3(0.35, 0.88, 0.54)
    : which < 3.0 ? vec3(0.55, 0.59, 1.0)
    : vec3(1.0, 0.42, 0.37);
  // Both edges of a band are soft by a pixel, or few pixels make them jagged.
  float soft = fwidth(height);
  float lit = smoothstep(0.0, max(0.06, soft), band) * (1.0 - smoothstep(1.0 - soft, 1.0, band));
  return mix(vec3(0.05, 0.05, 0.06), colour, lit * (0.55 + 0.45 * band));
}

void main() {
  vec2 fromMiddle = (onCanon - vec2(0.5, 0.53)) * vec2(1.04, 1.0);
  float edge = 1.0 - smoothstep(0.38, 0.47, length(fromMiddle));
  vec3 colour = texture2D(skin, look > 0.5 ? vec2(onCanon.x, 1.0 - onCanon.y) : inFrame).rgb;
  // The drawn skin's light and hollows are left, or nobody would see that this is a face.
  if (look > 1.5) colour = bands() * (0.3 + 1.2 * dot(colour, vec3(0.299, 0.587, 0.114)));
  gl_FragColor = vec4(colour, edge);
}
