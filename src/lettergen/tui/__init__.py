"""The review screen: a thin shell over `review`, in Textual."""
