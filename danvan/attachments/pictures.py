"""Pictures are written anew: what a camera, a phone or a stranger put beside the pixels does not survive."""

import io
import warnings

from PIL import Image, ImageFile, ImageOps

from danvan.attachments.unfit import Unfit, another_kind, not_what_it_says
from danvan.common.text import format_number

MAX_PIXELS = 40_000_000
LONGEST_SIDE = 4000
FORMATS = {"jpg": "JPEG", "png": "PNG"}
READ = list(FORMATS.values())
# MPO is what newer phones write into a .jpg: two JPEG pictures one after the other, of which the first counts.
ACTUAL = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png"}
OPTIONS = {"jpg": {"quality": 85}, "png": {}}
TOO_LARGE = (Image.DecompressionBombWarning, Image.DecompressionBombError)

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def cleaned_picture(kind, data):
    # WeasyPrint, once imported, lets Pillow take broken pictures in the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        actual = check_picture(data)
        if actual != kind:
            raise another_kind(kind, actual)
        return redrawn(kind, data)
    except TOO_LARGE as error:
        limit = format_number(MAX_PIXELS // 1_000_000)
        raise Unfit(f"có kích thước ảnh vượt mức {limit} triệu điểm ảnh. Anh/chị thu nhỏ ảnh rồi gửi lại.") from error
    except Unfit:
        raise
    except Exception as error:  # decoders raise many kinds of errors over a damaged picture
        raise not_what_it_says(kind) from error


def check_picture(data):
    """The kind of picture that the bytes are."""
    with Image.open(io.BytesIO(data), formats=READ) as image:
        actual = ACTUAL[image.format]
        image.verify()
    return actual


def redrawn(kind, data):
    with Image.open(io.BytesIO(data), formats=READ) as image:
        image.load()
        upright = fitted(image)
        ImageOps.exif_transpose(upright, in_place=True)
        upright.info = {"transparency": upright.info["transparency"]} if "transparency" in upright.info else {}
        target = io.BytesIO()
        drawable(kind, upright).save(target, FORMATS[kind], **OPTIONS[kind])
    return target.getvalue()


def fitted(image):
    """No side longer than the limit. A palette cannot be blended, so it gives way to full colours first."""
    if max(image.size) <= LONGEST_SIDE:
        return image
    if image.mode in ("1", "P"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return image


def drawable(kind, image):
    return image.convert("RGB") if kind == "jpg" and image.mode not in ("L", "RGB") else image
