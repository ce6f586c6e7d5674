from django.contrib.auth.hashers import Argon2PasswordHasher


class OfficeArgon2Hasher(Argon2PasswordHasher):
    """Parameters fit for two cores: the default's 100 MiB × 8 threads makes the login storm of a deadline day fail."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
