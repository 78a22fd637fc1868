import AttentionLab

print("attention: nothing to run yet")
