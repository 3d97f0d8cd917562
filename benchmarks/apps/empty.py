"""The least that a Streamlit page can do: one toggle changes one line. What it takes is the floor
of any answer from the server."""

import streamlit as st

st.text(f"The switch is {'on' if st.toggle('Switch') else 'off'}")
