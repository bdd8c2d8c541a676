"""Widgets that change under their scenario: does the doctor say what broke, and does what it proposes work?"""
