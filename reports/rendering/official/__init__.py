"""The official-document layout (GB/T 9704-2012): from snapshots to finished HTML."""
