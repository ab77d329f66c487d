"""The page: Gradio in Vietnamese, mounted in FastAPI, over one service call each."""
