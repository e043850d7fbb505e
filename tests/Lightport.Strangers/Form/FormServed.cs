using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.OpenAI;
using Lightport.Transport.Body;

namespace Lightport.Strangers.Form;

/// <summary>As clients ask for it. The answer comes in pieces, and is what the provider says that it is.</summary>
internal sealed class FormServed : IServed
{
    private static readonly AnswerFormat Sound = new(MediaType: null);

    public IClientFamily Family => OpenAIClients.Instance;

    public GatewayError? CheckMediaType(string mediaType) => FormBody.IsForm(mediaType)
        ? null
        : new GatewayError(ErrorStage.Admission, ErrorKind.UnsupportedMediaType, 415, "Send multipart/form-data.");

    public RequestFacts Read(ClientRequest request)
    {
        string model = request.Form.TextOf("model")
            ?? throw GatewayException.BadRequest("The form has no part 'model'.", "model", "missing_model");
        return new RequestFacts(Operation.Speech, model, Stream: true, Sound);
    }

    /// <summary>Nothing is sent before there is sound, so that no error is ever told inside it.</summary>
    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output)
    {
    }
}
