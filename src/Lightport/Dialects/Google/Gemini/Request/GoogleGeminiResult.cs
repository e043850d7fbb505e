using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>A tool's result and the name of its function, which this wire wants beside the call's id.</summary>
internal sealed record GoogleGeminiResult(string Function, ToolResultPart Result) : ContentPart;
