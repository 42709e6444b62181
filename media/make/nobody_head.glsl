// Nobody: a head that belongs to no one, as a signed distance field, marched and lit.
//
// Units: the distance between the pupils is about 0.62. x to the right of the picture, y up, z to
// the viewer. Every length of the head is a plain number here so that the sculpture can be read.
#version 330

uniform vec2 size;          // picture, px
uniform float zoom;         // half height of the picture, units
uniform vec2 centre;        // what the middle of the picture shows, units
uniform mat3 turn;          // head to world
uniform float jaw;          // 0 closed .. 1 wide open
uniform float wide;         // -1 narrow .. 1 broad mouth
uniform float pucker;       // 0 .. 1 rounded, pushed forward
uniform float smile;        // -1 .. 1
uniform vec2 lids;          // 0 closed .. 1 open; the picture's left eye, then the right one
uniform vec2 gaze;          // radians, right and up
uniform float brows;        // -1 lowered .. 1 raised
uniform vec4 bones;         // face width, jaw width, chin length, cheek bones (-1 .. 1)
uniform vec4 features;      // eye size, nose length, nose width, lip fullness (-1 .. 1)
uniform float young;        // 0 grown .. 1 a small child
uniform vec3 skin;          // albedo, linear
uniform vec3 hair_colour;   // albedo, linear
uniform vec3 iris;          // albedo, linear
uniform vec3 cloth;         // albedo, linear
uniform vec4 hair_cut;      // volume, how far down it hangs, height of the hairline, parting
uniform float beard;        // 0 none .. 1 full
uniform float curl;         // 0 straight .. 1 curled hair
uniform vec3 key_light;     // direction to the light


out vec4 colour;

const vec3 MOUTH = vec3(0.0, -0.60, 0.74);
const float SKIN = 1.0, EYE = 2.0, HAIR = 3.0, CLOTH = 4.0, TEETH = 5.0, CAVE = 6.0;

float blend(float a, float b, float k) {
    float h = max(k - abs(a - b), 0.0) / k;
    return min(a, b) - h * h * k * 0.25;
}

float carve(float a, float b, float k) { return -blend(-a, b, k); }

float egg(vec3 p, vec3 r) {
    float k = length(p / r);
    return k * (k - 1.0) / max(length(p / (r * r)), 1e-5);
}

float stick(vec3 p, vec3 a, vec3 b, float ra, float rb) {
    vec3 pa = p - a, ba = b - a;
    float h = clamp(dot(pa, ba) / dot(ba, ba), 0.0, 1.0);
    return length(pa - ba * h) - mix(ra, rb, h);
}

vec3 eye_centre() { return vec3(0.315, 0.0, 0.545); }
float eye_radius() { return 0.157 + 0.014 * features.x; }

// The slit between the lids, seen from the front: negative inside.
float slit(vec2 q, float open) {
    float half_width = 0.158 + 0.014 * features.x;
    float t = q.x / half_width;
    float arch = max(1.0 - t * t, 0.0);
    float tilt = 0.014 * t;
    float upper = (-0.042 + (0.110 + 0.018 * features.x) * open) * pow(arch, 0.60 - 0.08 * t) + tilt;
    float lower = (-0.046 + 0.012 * smile * open) * pow(arch, 0.80) + tilt;
    upper = max(upper, lower - 0.004);
    return max(max(q.y - upper, lower - q.y), abs(q.x) - half_width);
}

float lid_of(float x) { return x < 0.0 ? lids.x : lids.y; }

float hang() { return jaw * 0.22; }

// Takes the dropped jaw back to the closed one.
vec3 unhang(vec3 p) {
    float low = smoothstep(MOUTH.y + 0.16, MOUTH.y - 0.20 - hang(), p.y);
    return p + vec3(0.0, hang(), 0.12 * hang()) * low;
}

float mouth_half_width() { return (0.245 + 0.030 * wide + 0.045 * smile) * (1.0 - 0.42 * pucker); }

// The line where the lips meet, as a height over x.
float lip_line(float x) {
    float t = x / mouth_half_width();
    return MOUTH.y + 0.045 * smile * t * t - 0.006 * exp(-t * t * 20.0) + 0.006 * (1.0 - t * t);
}

float gap(vec3 p) {
    float w = mouth_half_width() * 0.93;
    float t = clamp(p.x / w, -1.0, 1.0);
    float arch = sqrt(max(1.0 - t * t, 0.0));
    float top = lip_line(p.x) + (0.010 * jaw + 0.02 * pucker * jaw) * arch;
    float bottom = lip_line(p.x) - (hang() * 1.0) * pow(arch, 1.3) - 0.001;
    float middle = 0.5 * (top + bottom), half_height = 0.5 * (top - bottom);
    float d = max(abs(p.y - middle) - half_height, abs(p.x) - w);
    return max(d, 0.46 - p.z);
}

float lips(vec3 p, float push) {
    float w = mouth_half_width();
    float t = p.x / w;
    float room = max(1.0 - t * t, 0.0);
    float full = 1.0 + 0.30 * features.w + 0.25 * pucker;
    float thin = pow(room, 0.7) * full;
    float line = lip_line(p.x);
    float bend = 0.812 + push - 1.05 * p.x * p.x;
    float bow = exp(-pow((abs(p.x) - 0.050) / 0.045, 2.0)) - 0.9 * exp(-pow(p.x / 0.022, 2.0));
    vec2 u = vec2(p.y - (line + 0.030 * thin + 0.005 * bow), p.z - bend + 0.060);
    float upper = length(u * vec2(1.0, 0.72)) - (0.041 * thin + 0.005 * bow);
    float fall = hang() * pow(room, 0.65);
    vec2 l = vec2(p.y - (line - fall - 0.044 * thin), p.z - bend + 0.074 + 0.05 * jaw);
    float lower = length(l * vec2(0.90, 0.72)) - 0.052 * thin;
    return max(blend(upper, lower, 0.004), (abs(p.x) - w) * 0.8);
}

float nose(vec3 q) {
    float w = 1.0 + 0.22 * features.z;
    float drop = 0.05 * features.y;
    vec3 tip = vec3(0.0, -0.330 - drop, 0.905);
    float d = stick(q, vec3(0.0, 0.12, 0.640), vec3(0.0, -0.15, 0.795), 0.050 * w, 0.054 * w);
    d = blend(d, stick(q, vec3(0.0, -0.15, 0.795), tip, 0.054 * w, 0.074 * w), 0.05);
    d = blend(d, egg(q - vec3(0.088 * w, -0.368 - drop, 0.785), vec3(0.062 * w, 0.056, 0.095)), 0.065);
    d = blend(d, egg(q - vec3(0.0, -0.395 - drop, 0.82), vec3(0.040, 0.040, 0.09)), 0.05);
    vec3 hole = q - vec3(0.054 * w, -0.418 - drop, 0.825);
    hole.x -= 0.2 * hole.z;
    return carve(d, egg(hole, vec3(0.028 * w, 0.020, 0.05)), 0.030);
}

float ear(vec3 q) {
    vec3 e = q - vec3(0.755 + 0.05 * bones.x, -0.07, -0.12);
    e.xz = mat2(0.80, -0.6, 0.6, 0.80) * e.xz;
    float d = egg(e, vec3(0.050, 0.205, 0.125));
    return carve(d, egg(e - vec3(0.045, 0.04, 0.015), vec3(0.045, 0.12, 0.070)), 0.04);
}

float face(vec3 p) {
    vec3 q = unhang(p);
    q.x = sqrt(q.x * q.x + 0.0004);
    vec3 s = q;
    float low = smoothstep(-0.05, -1.00, q.y);
    s.x /= (1.0 + 0.07 * bones.x) * (1.0 - (0.22 - 0.08 * bones.y) * low);
    float chin = -0.05 * bones.z;
    float d = egg(s - vec3(0.0, 0.32, -0.16), vec3(0.745, 0.84, 0.90));
    d = blend(d, egg(s - vec3(0.0, -0.12, 0.08), vec3(0.64, 0.84, 0.66)), 0.20);
    d = blend(d, egg(s - vec3(0.31, -0.46, 0.08), vec3(0.28, 0.38, 0.42)), 0.28);
    d = blend(d, egg(s - vec3(0.0, -0.85 + chin, 0.47), vec3(0.23, 0.165, 0.21)), 0.26);
    d = blend(d, egg(s - vec3(0.40, -0.19 + 0.04 * smile, 0.48), vec3(0.18, 0.13, 0.15) * (1.0 + 0.12 * bones.w)), 0.24);
    d = blend(d, egg(s - vec3(0.0, 0.40, 0.42), vec3(0.48, 0.34, 0.33)), 0.30);
    d = blend(d, egg(s - vec3(0.27, 0.205, 0.60), vec3(0.21, 0.050, 0.09)), 0.16);
    d = blend(d, egg(q - vec3(0.0, -0.60, 0.52), vec3(0.25, 0.21, 0.235)), 0.22);
    d = carve(d, egg(q - vec3(0.325, 0.010, 0.80), vec3(0.19, 0.105, 0.16)), 0.16);
    d = blend(d, nose(q), 0.075);
    // the furrow from nose to mouth, the dimple under the lip, the groove above it
    vec3 c = q - vec3(0.270 + 0.035 * smile, -0.50 + 0.02 * smile, 0.745);
    d = carve(d, stick(c, vec3(-0.10, 0.13, 0.03), vec3(0.03, -0.12, -0.06), 0.004, 0.004), 0.050 + 0.05 * max(smile, 0.0));
    d = carve(d, egg(q - vec3(0.0, -0.742, 0.80), vec3(0.12, 0.020, 0.05)), 0.09);
    d = carve(d, stick(q, vec3(0.0, -0.45, 0.825), vec3(0.0, -0.525, 0.845), 0.008, 0.014), 0.045);
    d = blend(d, lips(p, 0.05 * pucker), 0.026);
    d = carve(d, gap(p), 0.010);
    // lids: a shell over the ball, with a fold and a slit
    vec3 e = q - eye_centre();
    float cut = slit(e.xy, lid_of(p.x));
    float fold = (cut - 0.040 - 0.012 * lid_of(p.x)) / 0.010;
    float shell = length(e) - eye_radius() - 0.020 + 0.007 * exp(-fold * fold) * smoothstep(-0.01, 0.03, e.y);
    d = blend(d, shell, 0.055);
    float bag = length((e - vec3(0.0, -0.115, 0.100)) * vec3(0.50, 1.0, 1.0)) - 0.028;
    d = blend(d, bag, 0.08);
    d = carve(d, max(cut, 0.05 - e.z), 0.010);
    return blend(d, ear(q), 0.05);
}

float eyeball(vec3 p) {
    vec3 q = p;
    q.x = abs(q.x);
    return length(q - eye_centre()) - eye_radius();
}

float teeth(vec3 p) {
    vec3 t = p - vec3(0.0, MOUTH.y + 0.055, 0.485);
    float bow = length(t.xz * vec2(1.0, 0.95)) - 0.245;
    return max(max(bow, abs(t.y) - 0.078 + 0.5 * t.x * t.x), -t.z + 0.02);
}

float tongue(vec3 p) {
    return egg(p - vec3(0.0, MOUTH.y - 0.085 - hang() * 0.55, 0.50), vec3(0.15, 0.06, 0.20));
}

// Strands run away from a crown: brushed back where the parting is to the right, a fringe else.
float strands(vec3 q) {
    vec3 c = q - vec3(hair_cut.w * 0.35, 0.30, -0.20);
    c.yz = (hair_cut.w > 0.0 ? mat2(0.42, -0.907, 0.907, 0.42) : mat2(0.80, 0.60, -0.60, 0.80)) * c.yz;
    float a = atan(c.x, c.z) + 0.25 * sin(c.y * 2.2 + c.x * 2.0);
    float wave = a * 26.0;
    return 0.55 * sin(wave + sin(c.y * 3.0)) + 0.28 * sin(wave * 2.7 + 1.0) + 0.17 * sin(wave * 6.3 + c.y * 4.0);
}

float hair(vec3 p) {
    float w = 1.0 + 0.07 * bones.x;
    float volume = hair_cut.x;
    float low = hair_cut.y;
    float d = egg(p - vec3(0.0, 0.34, -0.20), vec3(0.745 * w, 0.84, 0.90) + volume * vec3(0.85, 1.0, 0.9));
    float fall = egg(p - vec3(0.0, 0.26 - 0.62 * low, -0.30), vec3(0.70 * w + volume * 0.8 + 0.05 * low, 0.62 + 0.78 * low, 0.66));
    d = blend(d, fall, 0.22);
    // the face is left free: the upper edge of an egg in front is the hairline
    vec3 f = p - vec3(0.0, -0.30, 0.66);
    float part = 0.30 * hair_cut.w * f.x * smoothstep(0.0, 0.8, f.y);
    float open = egg(f, vec3(0.635 * w, 1.02 + 0.22 * hair_cut.z + part, 0.88 + 0.3 * low));
    d = carve(d, open, 0.14);
    d = max(d, -(p.y + 0.26 + 1.10 * low) * 0.8 + 0.16 * smoothstep(0.2, -0.7, p.z));
    float thick = smoothstep(0.0, 0.14, open) * smoothstep(0.0, 0.10, volume);
    vec3 c = p * 15.0 + 2.0 * sin(p.yzx * 6.0);
    float curls = curl * (sin(c.x) * sin(c.y) * sin(c.z) + 0.5 * sin(2.1 * c.y) * sin(2.3 * c.z + 1.0));
    return (d - (0.020 * strands(p) * (1.0 - curl) + 0.040 * curls) * thick) * (0.92 - 0.3 * curl);
}

float neck(vec3 p) {
    float d = stick(p, vec3(0.0, -0.6, -0.20), vec3(0.0, -1.6, -0.36), 0.335, 0.42);
    vec3 q = vec3(abs(p.x), p.yz);
    return blend(d, stick(q, vec3(0.36, -0.66, -0.20), vec3(0.06, -1.34, 0.03), 0.030, 0.045), 0.16);
}

float shirt(vec3 p) {
    p.x = abs(p.x);
    float d = stick(p, vec3(0.0, -1.66, -0.34), vec3(1.06, -1.90, -0.38), 0.40, 0.37);
    d = blend(d, egg(p - vec3(0.0, -2.35, -0.22), vec3(1.25, 0.9, 0.55)), 0.3);
    return carve(d, egg(p - vec3(0.0, -1.20, 0.02), vec3(0.46, 0.30, 0.7)), 0.06);
}

const vec3 PIVOT = vec3(0.0, -0.75, -0.25);

// World to head. A child's face is a grown one whose lower half is shorter.
vec3 to_head(vec3 p) {
    vec3 h = transpose(turn) * (p - PIVOT) + PIVOT;
    h.y -= young * (0.20 * smoothstep(0.15, -1.0, h.y) - 0.05);
    return h;
}

float skin_field(vec3 p, vec3 h) { return blend(face(h), neck(p), 0.14); }

float scene(vec3 p) {
    vec3 h = to_head(p);
    float d = skin_field(p, h);
    d = min(d, eyeball(h));
    d = min(d, shirt(p));
    if (hair_cut.x > 0.0) d = min(d, hair(h));
    if (jaw > 0.01) d = min(d, min(teeth(h), tongue(h)));
    return d;
}

float kind(vec3 p) {
    vec3 h = to_head(p);
    float best = skin_field(p, h), k = SKIN, d;
    d = eyeball(h); if (d < best) { best = d; k = EYE; }
    d = shirt(p); if (d < best) { best = d; k = CLOTH; }
    if (hair_cut.x > 0.0) { d = hair(h); if (d < best) { best = d; k = HAIR; } }
    if (jaw > 0.01) {
        d = teeth(h); if (d < best) { best = d; k = TEETH; }
        d = tongue(h); if (d < best) { best = d; k = CAVE; }
    }
    return k;
}

vec3 normal_at(vec3 p) {
    const vec2 e = vec2(1.0, -1.0) * 0.0016;
    return normalize(e.xyy * scene(p + e.xyy) + e.yyx * scene(p + e.yyx)
                     + e.yxy * scene(p + e.yxy) + e.xxx * scene(p + e.xxx));
}
