using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>
/// How every coder writes and reads JSON. What is not said is as the framework has it: nesting ends at a depth of 64.
/// </summary>
internal static class JsonSettings
{
    public static readonly JsonWriterOptions Writing = new()
    {
        // A JSON body is never part of a page: only what JSON itself demands is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>For what a client sends: which of two fields of one name counts differs by server.</summary>
    public static readonly JsonDocumentOptions Request = new() { AllowDuplicateProperties = false };
}
