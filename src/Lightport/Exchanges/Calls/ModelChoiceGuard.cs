using System.Text.Json;
using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Json;
using Lightport.Exchanges.Preferences;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>
/// Holds a key that may use certain models only to them where its dialect is the provider's: what else in the body
/// chooses a model is checked against the key's list, and what chooses a place is refused.
/// </summary>
/// <param name="allowed">The key's models.</param>
/// <param name="provider">The provider's name here: its models are also allowed as <c>provider/model</c>.</param>
/// <param name="keepsPreferences">The provider is not told what the request says of where it wants to go: the gateway
/// has held that to the key's list already.</param>
internal sealed class ModelChoiceGuard(ModelAllowList allowed, string provider, bool keepsPreferences = false)
{
    /// <summary>What of a tool is the client's own: schemas and examples, in which any word may stand.</summary>
    private static readonly string[] OwnOfTools =
        ["function", "custom", "input_schema", "input_examples", "description", "cache_control"];

    /// <summary>
    /// A body that its dialect did not look at is looked at here: the model may have stood in the path, and the body
    /// name another.
    /// </summary>
    /// <exception cref="GatewayException">A 403 that names the field, or the body is not what it says.</exception>
    public void Check(ClientRequest request)
    {
        if (FormBody.IsForm(request.MediaType))
        {
            CheckForm(request.Form);
        }
        else if (request.IsJson || JsonMediaType.Check(request.MediaType) is null)
        {
            CheckJson(request.Json);
        }
    }

    private void CheckJson(JsonEnvelope request)
    {
        foreach (JsonField field in request.Fields)
        {
            if (field.Type == JsonTokenType.Null || (keepsPreferences && RoutingFields.Contains(field.Name)))
            {
                continue;
            }

            CheckPlace(field.Name);
            if (ChoosesModels(field.Name))
            {
                CheckField(field.Name, JsonElement.Parse(request.Value(field)));
            }
        }
    }

    private void CheckForm(FormBody form)
    {
        foreach (FormPart part in form.Parts)
        {
            // models[] is an item of models, provider[only] a field of provider.
            string name = part.Name.Split('[', 2)[0];
            CheckPlace(name);
            if (ChoosesModels(name))
            {
                CheckField(name, Element(form.Text(part) ?? throw Refused(name)));
            }
        }
    }

    /// <summary>What servers take for JSON is read as JSON, anything else is a name.</summary>
    private static JsonElement Element(string text)
    {
        try
        {
            JsonElement element = JsonElement.Parse(text);
            if (element.ValueKind is JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object)
            {
                return element;
            }
        }
        catch (JsonException)
        {
            // A name that needs no quotes in a form.
        }

        return JsonSerializer.SerializeToElement(text, ExchangeJsonContext.Default.String);
    }

    private static bool ChoosesModels(string field) =>
        ModelChoiceFields.IsModel(field) || ModelChoiceFields.NamesModels(field) || ModelChoiceFields.ListsTools(field);

    private static void CheckPlace(string field)
    {
        if (ModelChoiceFields.NamesPlace(field))
        {
            throw Refused(field);
        }
    }

    private void CheckField(string field, JsonElement value)
    {
        if (ModelChoiceFields.ListsTools(field))
        {
            CheckTools(value, field);
        }
        else
        {
            CheckModels(value, field);
        }
    }

    /// <summary>A name, a list of them, an object with a <c>model</c>, or one whose values are names.</summary>
    private void CheckModels(JsonElement value, string field)
    {
        switch (value.ValueKind)
        {
            // Azure's clients name their deployment in the path, and nothing in the body.
            case JsonValueKind.String when value.ValueEquals(""):
                break;
            case JsonValueKind.String:
                CheckModel(value.Text(), field);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    CheckModels(item, field);
                }

                break;
            case JsonValueKind.Object:
                CheckObject(value, field);
                break;
        }
    }

    private void CheckObject(JsonElement value, string field)
    {
        bool isRequest = value.EnumerateObject().Any(property => IsNamed(property, "model"));
        foreach (JsonProperty property in value.EnumerateObject())
        {
            string name = LenientText.Name(property);
            if (isRequest && ModelChoiceFields.NamesPlace(name) && property.Value.ValueKind != JsonValueKind.Null)
            {
                throw Refused(field);
            }

            if (!isRequest || ModelChoiceFields.IsModel(name) || ModelChoiceFields.NamesModels(name))
            {
                CheckModels(property.Value, field);
            }
        }
    }

    private void CheckTools(JsonElement value, string field)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                CheckTools(item, field);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            bool isFunction = IsFunction(value);
            foreach (JsonProperty property in value.EnumerateObject())
            {
                string name = LenientText.Name(property);
                if (ModelChoiceFields.IsModel(name))
                {
                    CheckModels(property.Value, field);
                }
                else if (!OwnOfTools.Contains(name) && !(isFunction && name == "parameters"))
                {
                    CheckTools(property.Value, field);
                }
            }
        }
    }

    /// <summary>Whether it is one by every type that it says: which of several counts differs by server.</summary>
    private static bool IsFunction(JsonElement tool)
    {
        bool isFunction = false;
        foreach (JsonProperty property in tool.EnumerateObject())
        {
            if (IsNamed(property, "type"))
            {
                isFunction = property.Value.Is("function");
                if (!isFunction)
                {
                    return false;
                }
            }
        }

        return isFunction;
    }

    private void CheckModel(string model, string field)
    {
        // Anthropic's own word: the model that it recommends, whichever that is.
        bool isAnother = model == "default" && ModelChoiceFields.NamesModels(field);
        if (isAnother || !(allowed.Allows(model) || allowed.Allows($"{provider}/{model}")))
        {
            throw Refused(field);
        }
    }

    private static bool IsNamed(JsonProperty property, string name) =>
        JsonNames.AreSame(LenientText.Name(property), name);

    private static GatewayException Refused(string field) => new(new GatewayError(
        ErrorStage.Admission,
        ErrorKind.Permission,
        403,
        $"This key may use certain models only, and '{field}' lets the provider take another model or another place. "
        + "Leave it out, or name there only models that the key may use.")
    {
        Code = "model_not_allowed",
        Param = field,
    });
}
