"""The room that knows aiogram: polling, rendering a View, packing an Action in 64 bytes."""
