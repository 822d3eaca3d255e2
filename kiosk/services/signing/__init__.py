"""What is signed or sealed with this machine's keys: signed notes, the key files, sealed files."""
