"""Wav2Lip: a face and 0.2 s of sound become the face that says it. The network alone, as published.

K R Prajwal and others, "A Lip Sync Expert Is All You Need", 2020. Layers carry the published names,
so that published weights fit; `golden` tests hold the function to the published one.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

SIDE = 96
"""Pixels of a face's side, for the network."""
MELS, STEPS = 80, 16
"""Bands and steps of the piece of a mel spectrogram that one frame hears."""


class Block(nn.Module):
    """Convolution, normalisation, what went in if `residual`, and a cut at zero."""

    def __init__(self, layer: nn.Conv2d | nn.ConvTranspose2d, *, residual: bool = False) -> None:
        super().__init__()
        self.conv_block = nn.Sequential(layer, nn.BatchNorm2d(layer.out_channels))
        self.residual = residual

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) to (B, C', H', W')."""
        out: Tensor = self.conv_block(x)
        return torch.relu(out + x if self.residual else out)


def conv(
    before: int,
    after: int,
    kernel: int = 3,
    stride: int | tuple[int, int] = 1,
    padding: int = 1,
) -> Block:
    """One block that looks."""
    return Block(nn.Conv2d(before, after, kernel, stride, padding))


def same(channels: int) -> Block:
    """One block that adds what it sees to what went in."""
    return Block(nn.Conv2d(channels, channels, 3, 1, 1), residual=True)


def grow(before: int, after: int, stride: int = 2) -> Block:
    """One block that makes a map larger: twice as large, or 1 x 1 to 3 x 3 with a stride of 1."""
    rest = stride - 1
    return Block(nn.ConvTranspose2d(before, after, 3, stride, padding=rest, output_padding=rest))


def audio_encoder(last: int = 1) -> nn.Sequential:
    """(B, 1, 80, 16) of mel to (B, 512, 1, 1), with so many blocks that add at its last size."""
    return nn.Sequential(
        *(conv(1, 32), same(32), same(32)),
        *(conv(32, 64, stride=(3, 1)), same(64), same(64)),
        *(conv(64, 128, stride=3), same(128), same(128)),
        *(conv(128, 256, stride=(3, 2)), *(same(256) for _ in range(last))),
        *(conv(256, 512, padding=0), conv(512, 512, 1, padding=0)),
    )


class Generator(nn.Module):
    """Draws the lower half of a face, so that it fits a sound."""

    def __init__(self) -> None:
        super().__init__()
        self.face_encoder_blocks = nn.ModuleList(
            nn.Sequential(*blocks)
            for blocks in (
                (conv(6, 16, 7, padding=3),),
                (conv(16, 32, stride=2), same(32), same(32)),
                (conv(32, 64, stride=2), same(64), same(64), same(64)),
                (conv(64, 128, stride=2), same(128), same(128)),
                (conv(128, 256, stride=2), same(256), same(256)),
                (conv(256, 512, stride=2), same(512)),
                (conv(512, 512, padding=0), conv(512, 512, 1, padding=0)),
            )
        )
        self.audio_encoder = audio_encoder()
        self.face_decoder_blocks = nn.ModuleList(
            nn.Sequential(*blocks)
            for blocks in (
                (conv(512, 512, 1, padding=0),),
                (grow(1024, 512, stride=1), same(512)),
                (grow(1024, 512), same(512), same(512)),
                (grow(768, 384), same(384), same(384)),
                (grow(512, 256), same(256), same(256)),
                (grow(320, 128), same(128), same(128)),
                (grow(160, 64), same(64), same(64)),
            )
        )
        self.output_block = nn.Sequential(conv(80, 32), nn.Conv2d(32, 3, 1), nn.Sigmoid())

    def forward(self, mel: Tensor, face: Tensor) -> Tensor:
        """Draw frames.

        Args:
            mel: (B, 1, 80, 16) or (B, T, 1, 80, 16), -4 to 4.
            face: (B, 6, 96, 96) or (B, 6, T, 96, 96), 0 to 1, blue, green and red: the face with
                its lower half black, then the face as it is.

        Returns:
            (B, 3, 96, 96) or (B, 3, T, 96, 96), 0 to 1, blue, green and red.
        """
        if face.ndim == 4:  # noqa: PLR2004 - B, C, H, W
            return self._draw(mel, face)
        batch, _, count = face.shape[:3]
        faces = face.permute(2, 0, 1, 3, 4).flatten(0, 1)
        drawn = self._draw(mel.transpose(0, 1).flatten(0, 1), faces)
        return drawn.reshape(count, batch, *drawn.shape[1:]).permute(1, 2, 0, 3, 4)

    def encode_face(self, face: Tensor) -> list[Tensor]:
        """(B, 6, 96, 96) to its maps, from 96 px down to 1."""
        maps = []
        for blocks in self.face_encoder_blocks:
            face = blocks(face)
            maps.append(face)
        return maps

    def _draw(self, mel: Tensor, face: Tensor) -> Tensor:
        maps = self.encode_face(face)
        x = self.audio_encoder(mel)
        for blocks in self.face_decoder_blocks:
            x = torch.cat((blocks(x), maps.pop()), 1)
        drawn: Tensor = self.output_block(x)
        return drawn


class SyncNet(nn.Module):
    """Tells how well five frames of a mouth fit 0.2 s of sound."""

    def __init__(self) -> None:
        super().__init__()
        self.face_encoder = nn.Sequential(
            conv(15, 32, 7, padding=3),
            *(conv(32, 64, 5, stride=(1, 2)), same(64), same(64)),
            *(conv(64, 128, stride=2), same(128), same(128), same(128)),
            *(conv(128, 256, stride=2), same(256), same(256)),
            *(conv(256, 512, stride=2), same(512), same(512)),
            *(conv(512, 512, stride=2), conv(512, 512, padding=0), conv(512, 512, 1, padding=0)),
        )
        self.audio_encoder = audio_encoder(last=2)

    def forward(self, mel: Tensor, faces: Tensor) -> tuple[Tensor, Tensor]:
        """Return where sound and mouth lie, (B, 512) each and of length 1; near is in time.

        Args:
            mel: (B, 1, 80, 16), -4 to 4.
            faces: (B, 15, 48, 96), 0 to 1: lower halves of five frames, blue, green and red each.
        """
        sound, mouth = self.audio_encoder(mel).flatten(1), self.face_encoder(faces).flatten(1)
        return nn.functional.normalize(sound), nn.functional.normalize(mouth)
