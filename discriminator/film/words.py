"""The words of the page: every text that `media/story/en.yaml` has to hold, and no other.

A word that the templates or the scripts ask for is a field here, so that a file without it, or with
its name misspelt, is refused before anybody sees a page with a gap.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Text = Annotated[str, msgspec.Meta(min_length=1)]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of the story; a misspelt key is an error, never silently ignored."""


class Home(Part, frozen=True):
    """The words of the first page."""

    lead: Text
    body: Text
    start: Text
    again: Text
    practical: Text
    thanks: Text


class Permissions(Part, frozen=True):
    """The words of the page that asks for the camera."""

    heading: Text
    body: Text
    without: Text
    policy: Text
    allow: Text
    decline: Text


class Sheets(Part, frozen=True):
    """The names of the sheets."""

    about: Text
    privacy: Text
    support: Text
    close: Text
    outside: Text


class Ally(Part, frozen=True):
    """An organisation that the Support sheet names."""

    name: Text
    does: Text


class Transcript(Part, frozen=True):
    """The words around the transcript."""

    title: Text
    lead: Text
    link: Text
    missing: Text


class Lost(Part, frozen=True):
    """What is said where the film cannot be shown, or not as it was asked for."""

    route: Text
    chapter: Text
    unknown: Text
    unknown_body: Text
    home: Text
    waiting: Text
    waiting_body: Text
    forbidden: Text
    forbidden_body: Text
    broken: Text
    broken_body: Text
    noscript: Text


class Shell(Part, frozen=True):
    """What the controls around the film say. Braces are filled in while it runs."""

    skip: Text
    loading: Text
    chapter: Text
    play: Text
    pause: Text
    replay: Text
    mute: Text
    unmute: Text
    volume: Text
    back: Text
    forward: Text
    next: Text
    chapters: Text
    audio: Text
    captions: Text
    captions_off: Text
    captions_none: Text
    quality: Text
    quality_auto: Text
    quality_none: Text
    rate: Text
    rate_now: Text
    descriptions: Text
    picture: Text
    picture_leave: Text
    fullscreen: Text
    fullscreen_leave: Text
    shortcuts: Text
    controls: Text
    position: Text
    position_text: Text
    timeline: Text
    next_cover: Text
    next_with_photo: Text
    next_without_photo: Text
    next_chapter: Text
    next_end: Text
    camera_on: Text
    camera_off: Text
    camera_ready: Text
    camera_more: Text
    camera_preview: Text
    camera_choice: Text
    camera_number: Text
    camera_asking: Text
    camera_lost: Text
    camera_start: Text
    camera_stop: Text
    announce: Text
    resumed: Text


class Notices(Part, frozen=True):
    """What is said when something did not go as it should."""

    nobody_sits: Text
    denied: Text
    missing: Text
    busy: Text
    lost: Text
    insecure: Text
    unsupported: Text
    hint: Text
    offline: Text
    online: Text
    thread: Text
    thread_reload: Text
    thread_kept: Text
    media: Text
    media_retry: Text
    wasm: Text
    tracking_slow: Text
    tracking_blind: Text
    dismiss: Text


class Interludes(Part, frozen=True):
    """What the interactive pieces say; `seen_` tells who cannot see one what it shows."""

    piece_lost: Text
    face_none: Text
    seen_blinking: Text
    seen_wearing: Text
    seen_masking: Text
    seen_smiling: Text
    seen_reading: Text
    mask_waits: Text
    mask_worn: Text
    mask_own: Text
    mask_points: Text
    mask_nobody: Text
    mask_still: Text
    mask_change: Text
    mask_on: Text
    mask_off: Text
    mask_keep: Text
    smile_waits: Text
    smile_remark: Text
    smile_already: Text
    smile_promise: Text
    smile_done: Text
    reading_confidence: Text
    reading_age: Text
    reading_gender: Text
    reading_sure: Text
    reading_spread: Text
    reading_female: Text
    reading_male: Text
    reading_angry: Text
    reading_disgust: Text
    reading_fear: Text
    reading_happy: Text
    reading_neutral: Text
    reading_sad: Text
    reading_surprise: Text
    reading_guess: Text
    reading_none: Text
    known_confidence: Text
    known_gender: Text
    known_emotions: Text
    seen_booth: Text
    booth_heading: Text
    booth_lead: Text
    booth_live: Text
    booth_photo: Text
    booth_waits: Text
    booth_loading: Text
    booth_nobody: Text
    booth_none: Text
    booth_several: Text
    booth_dark: Text
    booth_far: Text
    booth_near: Text
    booth_turned: Text
    booth_aside: Text
    booth_doubtful: Text
    booth_ready: Text
    booth_take: Text
    booth_stop: Text
    booth_still: Text
    booth_choose: Text
    booth_camera: Text
    booth_looks: Text
    booth_faceless: Text
    booth_unreadable: Text
    booth_question: Text
    booth_reminder: Text
    booth_terms: Text
    booth_yes: Text
    booth_again: Text
    booth_no: Text
    booth_thrown: Text
    booth_sent: Text
    booth_ready_clip: Text
    booth_failed: Text
    clip_making: Text
    clip_is_making: Text
    clip_queued: Text
    clip_is_ready: Text
    clip_failed: Text
    clip_label: Text
    clip_chip_making: Text
    clip_chip_ready: Text
    clip_chip_failed: Text
    clip_chip_deleting: Text
    clip_chip_deleted: Text
    clip_question: Text
    clip_keep: Text
    clip_kept: Text
    clip_delete: Text
    clip_deleting: Text
    clip_is_deleting: Text
    clip_deleted: Text
    clip_is_deleted: Text
    blink_not: Text
    blink_one: Text
    blink_many: Text


class Keys(Part, frozen=True):
    """What the keys do."""

    heading: Text
    play: Text
    seek: Text
    volume: Text
    rate: Text
    mute: Text
    captions: Text
    fullscreen: Text
    next: Text
    chapters: Text
    help: Text
    escape: Text


class Downloaders(Part, frozen=True):
    """What the page draws where the downloaders are heard."""

    continue_: Text = msgspec.field(name="continue")
    scene_call: Text
    scene_album: Text
    scene_rain: Text
    scene_years: Text
    scene_list: Text
    scene_piles: Text
    call_you: Text
    call_friend: Text
    call_imagined: Text
    person: Text
    print_down: Text
    album_hint: Text
    look_keys: Text
    look_before: Text
    look_after: Text
    look_larger: Text
    look_smaller: Text
    look_close: Text
    look_nobody: Text
    rain_requests: Text
    rain_faces: Text
    years_requests: Text
    list: Text
    list_title: Text
    list_reading: Text
    list_found: Text
    list_nothing: Text
    year_before: Text
    year_after: Text
    filters: Text
    search: Text
    clear: Text
    kind: Text
    kind_all: Text
    kind_academic: Text
    kind_company: Text
    kind_government: Text
    kind_none: Text
    kind_withheld: Text
    country: Text
    country_all: Text
    country_none: Text
    views: Text
    tab_list: Text
    tab_world: Text
    tab_years: Text
    tab_timeline: Text
    year: Text
    year_all: Text
    play_years: Text
    stop_years: Text
    show_table: Text
    show_figure: Text
    save_data: Text
    save_image: Text
    save_list: Text
    table_world: Text
    table_years: Text
    table_timeline: Text
    column_place: Text
    column_requests: Text
    column_names: Text
    column_year: Text
    column_name: Text
    column_images: Text
    column_people: Text
    column_pictures_from: Text
    column_fate: Text
    column_fate_year: Text
    column_source: Text
    source_world: Text
    source_years: Text
    source_timeline: Text
    figure_missing: Text
    note_typed: Text
    note_inferred: Text
    note_source_requests: Text
    note_source_nyt: Text
    note_source_clearview_origin: Text
    note_speak: Text
    note_hush: Text
    note_close: Text
    note_silent: Text
    pile_wedding: Text
    pile_party: Text
    pile_family: Text
    billions_number: Text
    billions_what: Text
    billions_source: Text
    fine_number: Text
    fine_what: Text
    fine_source: Text


class Screens(Part, frozen=True):
    """Words of what the page draws, by the name that a chapter's `screens` gives it.

    A film without such a chapter needs none of them.
    """

    downloaders: Downloaders | None = None


class Words(Part, frozen=True):
    """Every word of the page in one language: `en.yaml`. Long texts are Markdown."""

    title: Text
    description: Text
    home: Home
    permissions: Permissions
    sheets: Sheets
    about: Text
    privacy: Text
    privacy_analytics: Text
    privacy_errors: Text
    privacy_wallet: Text
    privacy_quiet: Text
    privacy_dated: Text
    support: Text
    support_own: Text
    support_list: Text
    transcript: Transcript
    allies: dict[str, Ally]
    chapters: dict[int, Text]
    lost: Lost
    shell: Shell
    notices: Notices
    interludes: Interludes
    keys: Keys
    screens: Screens = Screens()
