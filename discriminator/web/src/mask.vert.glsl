attribute vec2 canon;
attribute vec2 seen;
varying vec2 onCanon;
varying vec2 inFrame;

void main() {
  onCanon = canon;
  inFrame = seen;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
