namespace Lightport.EndToEnd.Upstream;

internal enum Wire
{
    OpenAI,
    Anthropic,
    Responses,
    Gemini,
    Converse,
    Interactions,
}
