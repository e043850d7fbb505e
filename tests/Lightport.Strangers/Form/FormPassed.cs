using System.Text;
using Lightport.Dialects;

namespace Lightport.Strangers.Form;

/// <summary>The form goes on as it is, but for the model's name.</summary>
internal sealed class FormPassed : IPassed
{
    public Call Write(ClientRequest request, CallContext context) => new FormCall(
        request.Form.With("model", Encoding.UTF8.GetBytes(context.Model)),
        request.MediaType,
        context.Answer.EstimatedPromptTokens);
}
