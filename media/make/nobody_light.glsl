// Nobody, second half: how light falls on the sculpture of `nobody_head.glsl`.

float shade_of_light(vec3 p, vec3 to_light) {
    float lit = 1.0, t = 0.03;
    for (int i = 0; i < 20; i++) {
        float d = scene(p + to_light * t);
        lit = min(lit, 0.5 + 0.5 * d / (0.10 * t + 0.004));
        if (lit < 0.0 || t > 1.6) break;
        t += clamp(d, 0.02, 0.14);
    }
    lit = clamp(lit, 0.0, 1.0);
    return lit * lit * (3.0 - 2.0 * lit);
}

float openness(vec3 p, vec3 n) {
    float dark = 0.0, weight = 1.0;
    for (int i = 1; i <= 5; i++) {
        float t = 0.035 * float(i) + 0.008 * float(i * i);
        dark += weight * max(t - scene(p + n * t), 0.0);
        weight *= 0.72;
    }
    return clamp(1.0 - 1.9 * dark, 0.0, 1.0);
}

float hash(vec2 p) { return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453); }

// How much brow there is at a point of the face (0 .. 1): fine hairs that lie along an arch.
float brow_at(vec3 h) {
    float x = abs(h.x);
    float t = (x - 0.115) / 0.40;
    if (t < 0.0 || t > 1.0 || h.z < 0.2) return 0.0;
    float lift = 0.065 * brows + 0.02 * min(brows, 0.0) * (1.0 - t);
    float arch = 0.200 + 0.085 * sin(t * 2.2) - 0.045 * t * t + lift;
    float thick = mix(0.046, 0.012, t * t) * smoothstep(0.0, 0.10, t) * (1.0 + 0.2 * (skin.r < 0.2 ? 1.0 : 0.0));
    float v = (h.y - arch) / max(thick, 1e-3);
    float body_of = smoothstep(1.25, 0.35, abs(v)) * smoothstep(1.0, 0.75, t);
    float along = x * 300.0 - h.y * 190.0 * mix(1.5, -0.5, smoothstep(0.0, 0.5, t));
    float fine = 0.78 + 0.22 * sin(along + 2.0 * sin(h.y * 70.0) + 1.5 * sin(x * 90.0));
    return body_of * fine;
}

vec3 skin_albedo(vec3 h, vec3 n) {
    vec3 base = skin;
    vec3 q = unhang(h);
    float x = abs(h.x);
    vec3 flush = base * vec3(1.16, 0.76, 0.70);
    float cheek = exp(-dot(vec2(x - 0.42, q.y + 0.30) * vec2(3.6, 4.4), vec2(x - 0.42, q.y + 0.30) * vec2(3.6, 4.4)));
    float tip = exp(-dot(h - vec3(0.0, -0.37, 0.95), h - vec3(0.0, -0.37, 0.95)) * 34.0);
    float ears = smoothstep(0.74, 0.9, x) * step(-0.4, h.y);
    vec3 a = mix(base, flush, clamp(0.40 * cheek + 0.42 * tip + 0.7 * ears, 0.0, 1.0));
    // beard: jaw, chin and upper lip
    float line_of = q.y + 0.30 + 0.40 * smoothstep(0.62, 0.20, x) - 0.26 * smoothstep(0.24, 0.05, x) * step(-0.60, q.y);
    float grows = smoothstep(0.03, -0.10, line_of) * smoothstep(-1.16, -1.0, q.y) * smoothstep(-0.45, 0.0, h.z);
    float grain = 0.80 + 0.20 * sin(x * 160.0 + 3.0 * sin(h.y * 60.0)) * sin(h.y * 130.0);
    a = mix(a, hair_colour * 0.6, grows * beard * grain);
    // around the eyes the skin is thin
    vec2 e = (h.xy * vec2(sign(h.x), 1.0) - vec2(0.315, -0.03)) * vec2(3.6, 5.2);
    a = mix(a, base * vec3(0.80, 0.66, 0.66), 0.55 * exp(-dot(e, e)));
    // lips
    float inside = smoothstep(0.020, -0.004, lips(h, 0.05 * pucker));
    vec3 lip = mix(base * vec3(0.95, 0.50, 0.50), vec3(0.36, 0.10, 0.09), 0.30);
    a = mix(a, lip, 0.85 * inside);
    float seam = (h.y - lip_line(h.x));
    a *= 1.0 - 0.55 * inside * (1.0 - smoothstep(0.0, 0.30, jaw)) * exp(-seam * seam * 9000.0);
    // stubble of brow and lash
    a = mix(a, hair_colour * 0.35, 0.90 * brow_at(h));
    if (hair_cut.x > 0.0) {
        float near = smoothstep(0.040, 0.0, hair(h) + 0.020 * strands(h * 1.3));
        a = mix(a, hair_colour * 0.8, 0.85 * near * step(0.15, h.y + 0.5));
    }
    vec3 ec = vec3(x, h.yz) - eye_centre();
    float cut = slit(ec.xy, lid_of(h.x));
    float lash = smoothstep(0.017, 0.004, cut) * smoothstep(-0.045, 0.02, ec.y + 0.02 - 0.1 * (1.0 - lid_of(h.x)));
    lash *= step(0.0, ec.z) * smoothstep(0.20, 0.15, abs(ec.x));
    float line = smoothstep(0.020, 0.003, cut) * step(0.0, ec.z) * 0.35;
    a = mix(a, vec3(0.018, 0.012, 0.010), clamp(max(lash, line), 0.0, 1.0) * 0.92);
    return a;
}

vec3 eye_albedo(vec3 h, out float wet) {
    float s = sign(h.x);
    vec3 c = eye_centre() * vec3(s, 1.0, 1.0);
    vec3 d = normalize(h - c);
    vec3 look = normalize(vec3(sin(gaze.x) - s * 0.035, sin(gaze.y), 1.0));
    float angle = acos(clamp(dot(d, look), -1.0, 1.0));
    float r = angle / 0.47;
    vec3 white = mix(vec3(0.62, 0.585, 0.57), vec3(0.50, 0.33, 0.30), smoothstep(0.5, 1.1, abs(h.x - c.x) / 0.15));
    vec3 side = d - look * dot(d, look);
    float phi = atan(side.y, side.x);
    float fibre = 0.72 + 0.18 * sin(phi * 23.0 + 3.0 * sin(phi * 7.0)) + 0.12 * sin(phi * 51.0);
    vec3 i = iris * fibre * mix(1.8, 0.8, smoothstep(0.45, 0.95, r));
    i = mix(i, iris * vec3(1.7, 1.2, 0.7), 0.5 * smoothstep(0.62, 0.42, r));
    i *= 1.0 + 0.7 * smoothstep(0.2, -1.0, side.y / 0.4);
    i = mix(i, vec3(0.012), smoothstep(0.84, 1.0, r) * 0.85);
    i = mix(vec3(0.004), i, smoothstep(0.42, 0.48, r));
    wet = smoothstep(1.12, 0.98, r);
    return mix(i, white, smoothstep(0.96, 1.10, r));
}

vec3 lit(vec3 p, vec3 ray) {
    vec3 h = to_head(p);
    float k = kind(p);
    vec3 n = normal_at(p);
    vec3 key = normalize(key_light);
    float see = openness(p, n);
    float sun = shade_of_light(p + n * 0.01, key);
    float ndl = dot(n, key);
    float facing = clamp(dot(n, -ray), 0.0, 1.0);
    float edge = pow(1.0 - facing, 3.0);
    vec3 sky = mix(vec3(0.16, 0.13, 0.12), vec3(0.42, 0.46, 0.54), 0.5 + 0.5 * n.y) * 0.42;
    vec3 key_colour = vec3(1.0, 0.92, 0.82) * 1.9;
    vec3 rim = vec3(0.55, 0.70, 0.95) * pow(clamp(dot(n, normalize(vec3(0.9, 0.25, -0.55))), 0.0, 1.0), 1.6) * 1.2;
    vec3 a, out_colour;
    vec3 half_way = normalize(key - ray);
    float shine = clamp(dot(n, half_way), 0.0, 1.0);
    if (k == SKIN) {
        a = skin_albedo(h, n);
        // light that bleeds through skin: the terminator is soft and red
        vec3 wrap = smoothstep(vec3(-0.42, -0.20, -0.14), vec3(1.0), vec3(ndl));
        vec3 through = vec3(sun) + vec3(0.14, 0.02, 0.01) * (1.0 - sun) * smoothstep(-0.2, 0.6, ndl);
        out_colour = a * (wrap * through * key_colour + sky * see * mix(vec3(1.0), vec3(1.0, 0.82, 0.76), 1.0 - see));
        out_colour += a * rim * see;
        float gloss = 0.055 * pow(shine, 22.0) + 0.05 * pow(shine, 90.0) * smoothstep(0.02, -0.004, lips(h, 0.05 * pucker)) * 4.0;
        out_colour += gloss * sun * key_colour + edge * 0.05 * sky * see;
        if (jaw > 0.0 && h.z < 0.70 && gap(h) < 0.01) out_colour *= 0.25;
    } else if (k == EYE) {
        float wet;
        a = eye_albedo(h, wet);
        float cover = smoothstep(0.035, -0.05, slit(vec2(abs(h.x) - eye_centre().x, h.y - 0.022), lid_of(h.x)));
        float lid_shade = mix(0.38, 1.0, cover);
        out_colour = a * (0.75 * clamp(ndl * 0.6 + 0.4, 0.0, 1.0) * key_colour * mix(0.5, 1.0, sun) + sky) * lid_shade;
        vec3 bulge = normalize(mix(n, turn * vec3(gaze.x, gaze.y, 1.0), 0.35));
        float glint = smoothstep(0.9915, 0.9955, dot(n, normalize(key * vec3(0.42, 0.50, 0.0) + vec3(0.0, 0.03, 1.0))));
        out_colour += glint * 1.6 * mix(0.5, 1.0, wet) + 0.03 * sky;
    } else if (k == HAIR) {
        vec3 q = h - vec3(0.0, 0.3, -0.2);
        vec3 flow = normalize(cross(n, vec3(q.z, 0.0, -q.x) + vec3(0.02)));
        float s1 = sqrt(max(1.0 - pow(dot(flow, half_way) + 0.08, 2.0), 0.0));
        float fine = 0.75 + 0.25 * strands(h + 0.01);
        float dense = 0.82 + 0.18 * strands(h * 1.9);
        a = hair_colour * fine * dense * 0.75;
        out_colour = a * (clamp(ndl * 0.7 + 0.3, 0.0, 1.0) * sun * key_colour + sky * see + rim * 1.2);
        out_colour += (hair_colour * 0.8 + 0.05) * pow(s1, 60.0) * 0.55 * sun * clamp(ndl + 0.4, 0.0, 1.0) * dense;
    } else if (k == CLOTH) {
        out_colour = cloth * (clamp(ndl * 0.8 + 0.2, 0.0, 1.0) * sun * key_colour + sky * see + rim);
    } else if (k == TEETH) {
        float gums = smoothstep(0.03, 0.20, -(h.z - 0.75));
        out_colour = vec3(0.70, 0.66, 0.58) * (0.42 * see + 0.35 * sun) * (1.0 - 0.7 * gums)
            * (0.9 + 0.1 * smoothstep(0.0, 0.12, abs(fract(h.x / 0.052) - 0.5) * 2.0));
    } else {
        out_colour = vec3(0.34, 0.09, 0.08) * (0.35 * see + 0.3 * sun);
    }
    return out_colour;
}

void main() {
    vec2 at = (gl_FragCoord.xy - 0.5 * size) / (0.5 * size.y);
    const float FAR = 7.5;
    vec3 eye = vec3(0.0, -0.1, FAR);
    vec3 target = vec3(centre + at * zoom, 0.0);
    vec3 ray = normalize(target - eye);
    float t = FAR - 1.6, d = 1.0;
    bool hit = false;
    for (int i = 0; i < 96; i++) {
        d = scene(eye + ray * t);
        if (d < 0.0012) { hit = true; break; }
        t += d * 0.86;
        if (t > FAR + 1.6) break;
    }
    hit = hit || d < 0.008;    // rays that graze a cheek run out of steps
    vec3 c = vec3(0.0);
    float cover = 0.0;
    if (hit) {
        c = lit(eye + ray * t, ray);
        cover = 1.0;
    }
    c = c * (1.0 + c * 0.12) / (1.0 + c * 0.52);    // a soft shoulder
    colour = vec4(pow(max(c, 0.0), vec3(1.0 / 2.2)), cover);
}
